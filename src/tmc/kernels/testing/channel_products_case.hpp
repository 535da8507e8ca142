// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of channel_products_s8, with what they come to.

#include "tmc/kernels/contract/channel_products_s8.hpp"
#include "tmc/kernels/testing/implementation_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels::testing {

struct ChannelProductsCase {
  Case test_case;
  std::vector<int8_t> expected;
};

template <typename Element>
ChannelProductsCase channel_products_case(std::mt19937& rng, DType dtype) {
  const FixedMultiplier fixed = pick_multiplier(rng, 1e-9, 1e-3);
  const bool is_extreme = pick(rng, 0, 4) == 0;
  const ChannelProductsS8::Params p{pick(rng, 1, 3),
                                    pick(rng, 1, 9),
                                    pick(rng, 1, 40),
                                    static_cast<int32_t>(dtype),
                                    sizeof(Element) == 1 ? pick(rng, -128, 127) : 0,
                                    fixed.multiplier,
                                    fixed.shift,
                                    pick(rng, -128, 127)};
  using Limits = std::numeric_limits<Element>;
  const auto rows = static_cast<size_t>(p.channels * p.depth);
  // Products of the lowest numbers wrap.
  const auto input =
      is_extreme ? std::vector<Element>(rows * static_cast<size_t>(p.batch), Limits::min())
                 : random_values<Element>(rng, rows * static_cast<size_t>(p.batch), Limits::min(), Limits::max());
  const auto weights =
      is_extreme ? std::vector<int16_t>(rows, INT16_MIN) : random_values<int16_t>(rng, rows, INT16_MIN, INT16_MAX);
  const auto bias = random_values<int32_t>(rng, static_cast<size_t>(p.channels), INT32_MIN, INT32_MAX);
  ChannelProductsCase made;
  for (size_t at = 0; at < input.size(); at += static_cast<size_t>(p.depth)) {
    const size_t channel = at / static_cast<size_t>(p.depth) % static_cast<size_t>(p.channels);
    auto sum = static_cast<uint32_t>(bias[channel]);
    for (size_t i = 0; i < static_cast<size_t>(p.depth); ++i) {
      const int32_t weight = weights[channel * static_cast<size_t>(p.depth) + i];
      sum += static_cast<uint32_t>((input[at + i] - p.input_zero_point) * weight);
    }
    const double scaled = naive_requantize(static_cast<int32_t>(sum), p.multiplier, p.shift);
    made.expected.push_back(static_cast<int8_t>(naive_clamp(scaled + p.output_zero_point, -128, 127)));
  }
  made.test_case.kernel = find_kernel(ChannelProductsS8::kName);
  made.test_case.params = to_words(p);
  made.test_case.constants = {make_blob(DType::kI16, weights), make_blob(DType::kI32, bias)};
  made.test_case.inputs = {to_bytes(input)};
  made.test_case.output_bytes = made.expected.size();
  return made;
}

inline ChannelProductsCase any_channel_products_case(std::mt19937& rng) {
  return pick(rng, 0, 2) == 0 ? channel_products_case<int8_t>(rng, DType::kI8)
                              : channel_products_case<int16_t>(rng, DType::kI16);
}

}  // namespace tmc::kernels::testing
