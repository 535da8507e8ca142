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

// What a band is to a coefficient of the DCT-II, without the factor sqrt(2 / bands).
double dct_cosine(const SoundSpec& spec, int64_t coefficient, int64_t band);

// Of a mean or a deviation, which is one or one a feature.
inline double at_feature(const std::vector<double>& list, int64_t feature) {
  return list.size() == 1 ? list[0] : list[static_cast<size_t>(feature)];
}

// [frames, features]. kBadInput for another sample rate than the spec's.
Result<std::vector<double>> sound_features(const Sound& sound, const SoundSpec& spec);

}  // namespace tmc::preprocess
