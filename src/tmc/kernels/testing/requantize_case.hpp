// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of requantize.

#include <gtest/gtest.h>

#include <limits>

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/contract/requantize.hpp"
#include "tmc/kernels/testing/implementation_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels::testing {

template <typename In, typename Out>
struct RequantizeCase {
  Requantize::Params params;
  std::vector<In> input;
  Case test_case;
};

// Every `step`-th value that In, the element of `from`, has; with random zero points, of int32 none, every fourth time
// into a narrower range.
template <typename In, typename Out>
RequantizeCase<In, Out> requantize_case(std::mt19937& rng, DType from, DType to, const FixedMultiplier& fixed,
                                        int32_t step) {
  using InLimits = std::numeric_limits<In>;
  using OutLimits = std::numeric_limits<Out>;
  RequantizeCase<In, Out> made;
  for (int64_t q = InLimits::min(); q <= InLimits::max(); q += step) made.input.push_back(static_cast<In>(q));
  const int32_t input_zero_point = sizeof(In) == 4 ? 0 : pick(rng, InLimits::min(), InLimits::max());
  const int32_t output_zero_point = sizeof(Out) == 4 ? 0 : pick(rng, OutLimits::min(), OutLimits::max());
  made.params = {static_cast<int32_t>(made.input.size()),
                 static_cast<int32_t>(from),
                 static_cast<int32_t>(to),
                 input_zero_point,
                 output_zero_point,
                 fixed.multiplier,
                 fixed.shift,
                 OutLimits::min(),
                 OutLimits::max()};
  if (pick(rng, 0, 3) == 0) {
    made.params.activation_min = pick(rng, OutLimits::min(), output_zero_point);
    made.params.activation_max = pick(rng, output_zero_point, OutLimits::max());
  }
  const bool is_wide = from == DType::kI32 || to == DType::kI32;
  made.test_case.kernel = find_kernel(is_wide ? RequantizeS32::kName : Requantize::kName);
  made.test_case.params = to_words(made.params);
  made.test_case.inputs = {to_bytes(made.input)};
  made.test_case.output_bytes = made.input.size() * sizeof(Out);
  return made;
}

// Random scales by definition; returns what was tested.
template <typename In, typename Out>
std::vector<std::string> expect_random_scales(DType from, DType to, int32_t step, uint32_t seed) {
  std::vector<std::string> tested;
  std::mt19937 rng(seed);
  for (int round = 0; round < 30; ++round) {
    const FixedMultiplier fixed =
        round == 0 && sizeof(In) < 4 ? quantize_multiplier(1) : pick_multiplier(rng, 1e-6, sizeof(In) == 4 ? 0.9 : 300);
    const auto made = requantize_case<In, Out>(rng, from, to, fixed, step);
    const Requantize::Params& p = made.params;
    std::vector<Out> expected;
    for (const In q : made.input) {
      const double scaled = naive_requantize(q - p.input_zero_point, p.multiplier, p.shift);
      expected.push_back(
          static_cast<Out>(naive_clamp(scaled + p.output_zero_point, p.activation_min, p.activation_max)));
    }
    EXPECT_EQ(expect_implementations_agree(made.test_case, &tested), to_bytes(expected))
        << dtype_name(from) << " to " << dtype_name(to) << ", round " << round;
  }
  return tested;
}

inline void append_requantize_cases(std::mt19937& rng, std::vector<Case>& cases) {
  const FixedMultiplier fixed = pick_multiplier(rng, 1e-6, 300);
  cases.push_back(requantize_case<int8_t, int8_t>(rng, DType::kI8, DType::kI8, fixed, 1).test_case);
  cases.push_back(requantize_case<uint8_t, int8_t>(rng, DType::kU8, DType::kI8, fixed, 1).test_case);
  cases.push_back(requantize_case<int8_t, int16_t>(rng, DType::kI8, DType::kI16, fixed, 1).test_case);
  cases.push_back(requantize_case<int16_t, int8_t>(rng, DType::kI16, DType::kI8, fixed, 61).test_case);
  cases.push_back(requantize_case<int16_t, int16_t>(rng, DType::kI16, DType::kI16, fixed, 61).test_case);
  cases.push_back(requantize_case<int16_t, int32_t>(rng, DType::kI16, DType::kI32, fixed, 61).test_case);
  cases.push_back(
      requantize_case<int32_t, int8_t>(rng, DType::kI32, DType::kI8, pick_multiplier(rng, 1e-6, 0.9), 60'000'001)
          .test_case);
}

}  // namespace tmc::kernels::testing
