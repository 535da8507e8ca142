// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of conv2d_hybrid_s4, from those of conv2d_hybrid with weights of four bits in the place of theirs.

#include "tmc/kernels/contract/conv2d_hybrid_s4.hpp"
#include "tmc/kernels/testing/conv_hybrid_case.hpp"

namespace tmc::kernels::testing {

// Of a group: a multiplier and a zero point, often at an end of what products of eight bits leave, and integers that
// are at times all at one end.
inline void fill_leaning_group(std::mt19937& rng, std::span<int8_t> group) {
  const int32_t multiplier = rng() % 4 == 0 ? (rng() % 2 == 0 ? 1 : 15) : pick(rng, 1, 15);
  const int32_t reach = 127 / multiplier, least = std::max(0, 15 - reach), most = std::min(15, reach);
  const int32_t zero_point = rng() % 3 == 0 ? (rng() % 2 == 0 ? least : most) : pick(rng, least, most);
  const auto kind = rng() % 6;
  for (int8_t& weight : group) {
    const int32_t integer = kind == 0 ? 15 : kind == 1 ? 0 : pick(rng, 0, 15);
    weight = static_cast<int8_t>(multiplier * (integer - zero_point));
  }
}

inline HybridCase to_s4(std::mt19937& rng, HybridCase made, int32_t group_inputs) {
  const auto in_bytes = from_words<Conv2dHybrid::Params>(made.test_case.params);
  const Conv2dHybridS4::Params p = Conv2dHybridS4::in_groups(in_bytes, group_inputs);
  std::vector<int8_t> weights(made.reals.weights.size());
  const auto inputs = static_cast<size_t>(Conv2dHybridS4::inputs(p)), most = static_cast<size_t>(group_inputs);
  for (size_t first = 0; first < weights.size(); first += inputs) {
    for (size_t at = 0; at < inputs; at += most) {
      fill_leaning_group(rng, std::span(weights).subspan(first + at, std::min(most, inputs - at)));
    }
  }
  made.reals.weights.assign(weights.begin(), weights.end());
  made.test_case.kernel = find_kernel("conv2d_hybrid_s4");
  made.test_case.params = to_words(p);
  made.test_case.constants[0] = make_blob(DType::kI8, weights);
  return made;
}

// Any window whose inputs reach all outputs.
inline HybridCase any_hybrid_s4_case(std::mt19937& rng, int round) {
  const Case other = round % 2 != 0 ? network_conv_case(rng, round) : any_conv_case(rng, round);
  auto shape = from_words<Conv2dS8::Params>(other.params);
  shape.groups = 1;
  HybridCase made = hybrid_case(rng, float_params(shape));
  return to_s4(rng, std::move(made), pick(rng, 1, shape.kernel_h * shape.kernel_w * shape.input_c));
}

// Rows in groups of 32, 64, all inputs, or some other multiple of four; the inputs are at times all at one end.
inline HybridCase row_hybrid_s4_case(std::mt19937& rng, int round) {
  HybridCase made = row_hybrid_case(rng);
  const int32_t inputs = made.reals.params.input_c;
  const int32_t groups[] = {32, 64, inputs, 4 * pick(rng, 1, 64)};
  made = to_s4(rng, std::move(made), groups[round % 4]);
  if (round % 5 != 0) return made;
  const auto header = static_cast<size_t>(dynamic_header_bytes(made.reals.params.batch));
  const auto zero_point = static_cast<int8_t>(round % 2 == 0 ? 127 : -128), input = static_cast<int8_t>(~zero_point);
  for (DynamicQuantization& each : made.headers) each.zero_point = zero_point;
  std::vector<std::byte>& bytes = made.test_case.inputs[0];
  std::memcpy(bytes.data(), made.headers.data(), made.headers.size() * sizeof(DynamicQuantization));
  std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(header), bytes.end(), static_cast<std::byte>(input));
  for (float& real : made.reals.input) real = static_cast<float>(input - zero_point);
  return made;
}

}  // namespace tmc::kernels::testing
