// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the layers of int16 activations, from the shapes and constants of the int8 ones: sums and outputs are 256
// times as large, so the same multipliers fit.

#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/testing/implementation_case.hpp"

namespace tmc::kernels::testing {

// Every value the same, of a size that makes the largest sums; weights like biases keep their number.
template <typename T>
void fill_with(std::vector<std::byte>& bytes, T value) {
  bytes = to_bytes(std::vector<T>(bytes.size() / sizeof(T), value));
}

template <typename Contract>
Case int16_case(std::mt19937& rng, const Case& shape) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<>(low, high)(rng); };
  auto params = from_words<typename Contract::Params>(shape.params);
  params.input_zero_point = params.output_zero_point = 0;
  params.activation_min = pick(0, 2) == 0 ? 0 : -32768;
  params.activation_max = pick(0, 2) == 0 ? pick(1, 32766) : 32767;
  Case made = shape;
  made.kernel = find_kernel(Contract::kName);
  made.params = to_words(params);
  made.inputs = {to_bytes(random_values<int16_t>(rng, shape.inputs[0].size(), -32768, 32767))};
  made.output_bytes = 2 * shape.output_bytes;
  const int extreme = pick(0, 7);
  if (extreme < 3) fill_with<int16_t>(made.inputs[0], extreme == 2 ? 32767 : -32768);
  if (extreme < 2) fill_with<int8_t>(made.constants[0].bytes, extreme == 0 ? -128 : 127);
  return made;
}

}  // namespace tmc::kernels::testing
