// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the tests of quantize_dynamic share.

#include "tmc/kernels/contract/quantize_dynamic.hpp"
#include "tmc/kernels/testing/float_case.hpp"

namespace tmc::kernels::testing {

inline Case quantize_dynamic_case(const QuantizeDynamic::Params& p, const std::vector<float>& input) {
  Case test_case = float_case<QuantizeDynamic>(p, {input}, 0);
  test_case.output_bytes = static_cast<size_t>(dynamic_header_bytes(p.batch)) + input.size();
  return test_case;
}

// Items of any size of numbers, some of which are ties.
inline Case any_quantize_dynamic_case(std::mt19937& rng) {
  const QuantizeDynamic::Params p{pick(rng, 1, 3), pick(rng, 1, 200), pick(rng, 0, 1)};
  std::vector<float> input = random_floats(rng, static_cast<size_t>(p.batch * p.elements));
  if (pick(rng, 0, 2) == 0) {
    for (float& value : input) value = std::nearbyint(20 * value) / 2;
    input[0] = 127;
  }
  return quantize_dynamic_case(p, input);
}

}  // namespace tmc::kernels::testing
