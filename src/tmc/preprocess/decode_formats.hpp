// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The decoders behind decode_image, one file each.

#include "tmc/preprocess/decode.hpp"

namespace tmc::preprocess {

// kBadInput where the image is empty or has more than kMostPixels.
Status check_size(const Image& image);

Result<Image> decode_png(std::string_view file);
Result<Image> decode_jpeg(std::string_view file);

}  // namespace tmc::preprocess
