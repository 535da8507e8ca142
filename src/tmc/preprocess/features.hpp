// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From what a file held to the reals that a model's input takes.

#include <vector>

#include "tmc/preprocess/decode.hpp"
#include "tmc/preprocess/spec.hpp"

namespace tmc::preprocess {

// [height, width, channels], or [channels, height, width] with channels first. Scaled with a triangle filter that is as
// wide as a pixel of the result, which averages where it makes the image smaller.
std::vector<double> image_features(const Image& image, const ImageSpec& spec, int64_t height, int64_t width);

// A band below is silence, and is not made louder.
inline constexpr double kSilentBand = 1e-6;

// Where a bin of the spectrum lies on the mel scale: 1 and on at the centres of the bands, between which their
// triangles rise and fall; 0 at the low end, one more than there are bands at the high one.
double mel_place(const SoundSpec& spec, int64_t bin);

// [frames, features]. kBadInput for another sample rate than the spec's.
Result<std::vector<double>> sound_features(const Sound& sound, const SoundSpec& spec);

}  // namespace tmc::preprocess
