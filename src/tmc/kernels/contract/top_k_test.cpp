// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/top_k.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "tmc/kernels/testing/implementation_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

bool is_nan(double x) {
  return std::isnan(x);
}

// By a stable sort of every line.
template <typename T>
std::vector<int64_t> chosen(const TopK::Params& p, const std::vector<T>& input) {
  std::vector<int64_t> output(static_cast<size_t>(p.outer * p.chosen * p.inner));
  for (int32_t line = 0; line < p.outer * p.inner; ++line) {
    const int32_t first = line / p.inner * p.depth * p.inner + line % p.inner;
    const auto at = [&](int64_t i) { return static_cast<double>(input[static_cast<size_t>(first + i * p.inner)]); };
    const auto is_less = [&](double a, double b) { return is_nan(a) ? false : is_nan(b) || a < b; };
    std::vector<int64_t> order(static_cast<size_t>(p.depth));
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(
        order, [&](int64_t a, int64_t b) { return p.largest != 0 ? is_less(at(b), at(a)) : is_less(at(a), at(b)); });
    for (int32_t i = 0; i < p.chosen; ++i) {
      const int32_t to = line / p.inner * p.chosen * p.inner + i * p.inner + line % p.inner;
      output[static_cast<size_t>(to)] = order[static_cast<size_t>(i)];
    }
  }
  return output;
}

template <typename T>
void expect_chosen(uint32_t seed) {
  std::mt19937 rng(seed);
  std::vector<std::string> tested;
  for (int round = 0; round < 100; ++round) {
    TopK::Params p{pick(rng, 1, 3), pick(rng, 1, 9), pick(rng, 1, 3), 1, round % 2, static_cast<int32_t>(kDTypeOf<T>)};
    p.chosen = pick(rng, 1, p.depth);
    auto input = random_values<T>(rng, static_cast<size_t>(p.outer * p.depth * p.inner), 0, 5);
    if (std::numeric_limits<T>::has_quiet_NaN && round % 3 == 0) {
      for (T& element : input) element = pick(rng, 0, 3) == 0 ? std::numeric_limits<T>::quiet_NaN() : element;
    }
    Case test_case;
    test_case.kernel = find_kernel("top_k");
    test_case.params = to_words(p);
    test_case.inputs = {to_bytes(input)};
    test_case.output_bytes = static_cast<size_t>(p.outer * p.chosen * p.inner) * sizeof(int64_t);
    ASSERT_EQ(expect_implementations_agree(test_case, &tested), to_bytes(chosen(p, input))) << round;
  }
  expect_all_were_tested(*find_kernel("top_k"), tested);
}

TEST(TopK, OrdersAsAStableSortDoes) {
  expect_chosen<float>(1);
  expect_chosen<double>(2);
  expect_chosen<int8_t>(3);
  expect_chosen<int32_t>(4);
  expect_chosen<uint16_t>(5);
}

}  // namespace
}  // namespace tmc::kernels
