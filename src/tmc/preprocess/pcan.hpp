// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Per-channel amplitude normalisation of the bands of a sound (Wang et al., Trainable Frontend For Robust and Far-Field
// Keyword Spotting, 2017) with the constants of TFLite Micro's front end, their names and defaults. The noise of a band
// is a low-pass of it over frames; it is taken off, and what is left is made louder the less noise there is. Plain
// values.

#include <cstdint>
#include <vector>

#include "tmc/base/host/json_reader.hpp"
#include "tmc/base/host/status.hpp"

namespace tmc::preprocess {

struct PcanSpec {
  double even_smoothing = 0.025;       // of the noise of bands 0, 2, ...: the part of a new frame
  double odd_smoothing = 0.06;         // of bands 1, 3, ...
  double min_signal_remaining = 0.05;  // of a band; 1: the noise stays in
  double strength = 0.95;
  double offset = 80;           // added to the noise, in steps of int16 samples
  int64_t smoothing_bits = 10;  // behind the point of the noise
  int64_t gain_bits = 21;       // behind the point of gains, of 16 bits
};

// Behind the point of what comes out.
inline constexpr int kPcanOutputBits = 6;

// kMalformed with the key that is unknown, of the wrong type or out of range.
Result<PcanSpec> read_pcan(const json::Value& json);

// (noise + offset)^-strength, with the noise in steps of int16 samples, and the largest that there is in gain_bits.
double pcan_gain(const PcanSpec& spec, double noise);

// In place, of [frames, channels], 1 being full scale; the noise of the first frame begins at none.
void apply_pcan(const PcanSpec& spec, std::vector<double>& bands, size_t channels);

}  // namespace tmc::preprocess
