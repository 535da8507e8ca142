// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/requantize.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tmc/base/dtype.hpp"
#include "tmc/kernels/testing/body_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels {
namespace {

template <typename In, typename Out>
std::vector<std::string> expect_random_scales(DType from, DType to, int32_t step, uint32_t seed) {
  std::vector<std::string> tested;
  std::mt19937 rng(seed);
  for (int round = 0; round < 30; ++round) {
    const FixedMultiplier fixed = round == 0 ? quantize_multiplier(1) : testing::pick_multiplier(rng, 1e-6, 300);
    Requantize::Params p{0,
                         static_cast<int32_t>(from),
                         static_cast<int32_t>(to),
                         testing::pick(rng, std::numeric_limits<In>::min(), std::numeric_limits<In>::max()),
                         testing::pick(rng, std::numeric_limits<Out>::min(), std::numeric_limits<Out>::max()),
                         fixed.multiplier,
                         fixed.shift};
    std::vector<In> input;
    std::vector<Out> expected;
    for (int32_t q = std::numeric_limits<In>::min(); q <= std::numeric_limits<In>::max(); q += step) {
      input.push_back(static_cast<In>(q));
      const double scaled = testing::naive_requantize(q - p.input_zero_point, p.multiplier, p.shift);
      expected.push_back(static_cast<Out>(testing::naive_clamp(
          scaled + p.output_zero_point, std::numeric_limits<Out>::min(), std::numeric_limits<Out>::max())));
    }
    p.elements = static_cast<int32_t>(input.size());
    testing::Case test_case;
    test_case.kernel = find_kernel("requantize");
    test_case.params = to_words(p);
    test_case.inputs = {testing::to_bytes(input)};
    test_case.output_bytes = expected.size() * sizeof(Out);
    EXPECT_EQ(testing::expect_bodies_agree(test_case, &tested), testing::to_bytes(expected))
        << dtype_name(from) << " to " << dtype_name(to) << ", round " << round;
  }
  return tested;
}

TEST(Requantize, EveryPairOfTypesIsExact) {
  expect_random_scales<int8_t, int8_t>(DType::kI8, DType::kI8, 1, 101);
  expect_random_scales<int8_t, uint8_t>(DType::kI8, DType::kU8, 1, 102);
  expect_random_scales<int8_t, int16_t>(DType::kI8, DType::kI16, 1, 103);
  expect_random_scales<uint8_t, int8_t>(DType::kU8, DType::kI8, 1, 104);
  expect_random_scales<uint8_t, uint8_t>(DType::kU8, DType::kU8, 1, 105);
  expect_random_scales<uint8_t, int16_t>(DType::kU8, DType::kI16, 1, 106);
  const auto tested = expect_random_scales<int16_t, int8_t>(DType::kI16, DType::kI8, 61, 107);
  testing::expect_all_were_tested(*find_kernel("requantize"), tested);
  expect_random_scales<int16_t, uint8_t>(DType::kI16, DType::kU8, 61, 108);
  expect_random_scales<int16_t, int16_t>(DType::kI16, DType::kI16, 61, 109);
}

}  // namespace
}  // namespace tmc::kernels
