// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Mel bands and cepstra of a sound as a graph of operators in fixed point (ops/op/sound_bands.hpp, sound_logs.hpp),
// from the samples as a microphone delivers them.

#include "tmc/ir/graph.hpp"
#include "tmc/preprocess/spec.hpp"

namespace tmc::sensor {

inline constexpr const char* kSamples = "samples";

// What the input holds: all samples of a clip, or the new ones of a stream, spec.stream_hops hops of them. What of a
// stream's past is needed is in two states then, `past_samples` and `past_bands`, which begin in silence. kFrames is a
// stream whose features are those of the new frames alone: [spec.stream_hops, features].
enum class SoundInput : uint8_t { kClip, kStream, kFrames };

// The input `samples`, i16 in 2^-15ths of full scale, and the output `features`, f32 [frames, features]. Error:
// kBadUsage with all that fixed point does not compute.
Result<ir::Graph> sound_graph(const preprocess::SoundSpec& spec, SoundInput input);

}  // namespace tmc::sensor
