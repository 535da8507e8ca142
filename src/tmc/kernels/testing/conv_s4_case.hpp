// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the convolution with four-bit weights, from the shapes of other convolutions.

#include "tmc/kernels/contract/conv2d_s4.hpp"
#include "tmc/kernels/testing/conv_case.hpp"

namespace tmc::kernels::testing {

// Of a group: a multiplier, often at either end, and integers within [-7, 7], or [-8, 7].
inline void fill_four_bit_group(std::mt19937& rng, std::span<int8_t> group, bool full_range) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<>(low, high)(rng); };
  const int kind = pick(0, 5);
  const int multiplier = kind == 0 ? 16 : kind == 1 ? 1 : pick(1, 16);
  for (int8_t& weight : group) weight = static_cast<int8_t>(multiplier * pick(full_range ? -8 : -7, 7));
}

// The shape of a conv2d_s8 case without groups of channels, its weights made anew.
inline Case conv_s4_case(std::mt19937& rng, const Conv2dS8::Params& shape, int32_t group_inputs,
                         const ChannelRanges& ranges, bool full_range = false) {
  Case test_case = conv_case(rng, find_kernel("conv2d_s4"), shape, ranges);
  const auto params = Conv2dS4::in_groups(shape, group_inputs);
  test_case.params = to_words(params);
  std::vector<int8_t> weights(static_cast<size_t>(shape.output_c * Conv2dS4::inputs(params)));
  const auto inputs = static_cast<size_t>(Conv2dS4::inputs(params));
  const auto most = static_cast<size_t>(group_inputs);
  for (size_t first = 0; first < weights.size(); first += inputs) {
    for (size_t at = 0; at < inputs; at += most) {
      fill_four_bit_group(rng, std::span(weights).subspan(first + at, std::min(most, inputs - at)), full_range);
    }
  }
  test_case.constants[0] = make_blob(DType::kI8, weights);
  return test_case;
}

inline int32_t any_group_inputs(std::mt19937& rng, const Conv2dS8::Params& shape) {
  switch (std::uniform_int_distribution<>(0, 3)(rng)) {
    case 0:
      return shape.kernel_h * shape.kernel_w * shape.input_c;
    case 1:
      return 64;
    default:
      return 32;
  }
}

inline Case any_conv_s4_case(std::mt19937& rng, int round) {
  const Case other = round % 2 ? network_conv_case(rng, round) : any_conv_case(rng, round);
  auto shape = from_words<Conv2dS8::Params>(other.params);
  shape.groups = 1;
  return conv_s4_case(rng, shape, any_group_inputs(rng, shape), ranges_of_round(round), round % 7 == 0);
}

// A fully connected layer, as one pixel of a row.
inline Case any_product_s4_case(std::mt19937& rng, int round) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<>(low, high)(rng); };
  const Axis one{1, 1, 1, 1, 0, 0};
  auto shape = conv_params(one, one, round % 5 == 0 ? pick(500, 1100) : pick(1, 150), pick(1, 20), 1);
  shape.batch = pick(1, 4);
  randomize_quantization(rng, shape);
  return conv_s4_case(rng, shape, any_group_inputs(rng, shape), ranges_of_round(round));
}

}  // namespace tmc::kernels::testing
