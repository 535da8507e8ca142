// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Pictures and sounds as files have them. Files are untrusted: what a header says is checked against the limits below
// before anything is allocated for it. Errors: kMalformed for a file that is damaged or of another kind, kBadInput for
// one that is too large.

#include <cstdint>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::preprocess {

inline constexpr int64_t kMostPixels = int64_t{1} << 25;
inline constexpr int64_t kMostSamples = int64_t{1} << 26;

struct Image {
  int64_t height = 0, width = 0;
  std::vector<uint8_t> rgb;  // row-major, three bytes a pixel; what is transparent lies on black
};

// PNG or JPEG, told apart by their first bytes.
Result<Image> decode_image(std::string_view file);

struct Sound {
  int64_t sample_rate_hz = 0;
  std::vector<float> samples;  // the mean of all channels, from -1 to 1
};

// WAV, and what else libsndfile reads of uncompressed files.
Result<Sound> decode_sound(std::string_view file);

}  // namespace tmc::preprocess
