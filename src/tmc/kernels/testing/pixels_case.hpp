// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of pixels_s8.

#include "tmc/kernels/contract/pixels_s8.hpp"
#include "tmc/kernels/testing/implementation_case.hpp"

namespace tmc::kernels::testing {

inline Case pixels_case(const PixelsS8::Params& params, const std::vector<uint8_t>& input,
                        const std::vector<int8_t>& table) {
  Case made;
  made.kernel = find_kernel("pixels_s8");
  made.params = to_words(params);
  made.constants = {make_blob(DType::kI8, table)};
  made.inputs = {to_bytes(input)};
  made.output_bytes = static_cast<size_t>(params.elements) * static_cast<size_t>(params.pixel_channels);
  return made;
}

inline PixelsS8::Params any_pixels_params(std::mt19937& rng) {
  const auto pick = [&](int32_t low, int32_t high) { return std::uniform_int_distribution<int32_t>(low, high)(rng); };
  const int32_t format = pick(PixelsS8::kBytes, PixelsS8::kUyvy);
  const int32_t channels = format == PixelsS8::kBytes ? pick(1, 4) : pick(0, 1) ? 3 : 1;
  const int32_t bytes = format == PixelsS8::kBytes ? channels : 2;
  return {2 * pick(1, 40), format, bytes, channels, pick(0, 1)};
}

inline Case any_pixels_case(std::mt19937& rng) {
  const PixelsS8::Params params = any_pixels_params(rng);
  const auto bytes = static_cast<size_t>(params.elements * params.pixel_bytes);
  return pixels_case(params, random_values<uint8_t>(rng, bytes, 0, 255),
                     random_values<int8_t>(rng, static_cast<size_t>(params.pixel_channels) * 256, -128, 127));
}

}  // namespace tmc::kernels::testing
