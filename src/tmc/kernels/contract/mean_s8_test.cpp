// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/mean_s8.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tmc/kernels/testing/body_case.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels {
namespace {

using testing::pick;
using Params = MeanS8::Params;

// Six axes, outermost first, of which `reduces` marks the reduced ones; three at most are of a kind.
struct Axes {
  int32_t extents[6];
  bool reduces[6];
};

Axes random_axes(std::mt19937& rng) {
  Axes axes{};
  for (int32_t& extent : axes.extents) extent = pick(rng, 1, 5);
  const bool first = pick(rng, 0, 1) == 1;
  for (int axis = 0; axis < 6; ++axis) axes.reduces[axis] = (axis % 2 == 0) == first;
  return axes;
}

void set_axes(Params& p, const Axes& axes) {
  int32_t stride = 1;
  int kept = 3;
  int reduced = 3;
  for (int axis = 5; axis >= 0; --axis) {
    const int place = axes.reduces[axis] ? --reduced : --kept;
    (axes.reduces[axis] ? p.reduced : p.kept)[place] = axes.extents[axis];
    (axes.reduces[axis] ? p.reduced_strides : p.kept_strides)[place] = stride;
    stride *= axes.extents[axis];
  }
}

// Sums by counting through all indices of the input, into the index that is left without the reduced axes.
std::vector<int8_t> naive(const Params& p, const Axes& axes, const std::vector<int8_t>& input) {
  std::map<size_t, std::pair<double, int>> sums;
  for (size_t at = 0; at < input.size(); ++at) {
    size_t rest = at;
    size_t output = 0;
    size_t output_stride = 1;
    for (size_t axis = 6; axis-- > 0;) {
      const auto extent = static_cast<size_t>(axes.extents[axis]);
      if (!axes.reduces[axis]) {
        output += rest % extent * output_stride;
        output_stride *= extent;
      }
      rest /= extent;
    }
    sums[output].first += input[at] - p.input_zero_point;
    ++sums[output].second;
  }
  std::vector<int8_t> means;
  for (const auto& [index, sum] : sums) {
    const double mean = testing::naive_requantize(sum.first, p.multiplier, p.shift);
    means.push_back(static_cast<int8_t>(testing::naive_clamp(mean + p.output_zero_point, -128, 127)));
  }
  return means;
}

TEST(MeanS8, AnyAxesAreExact) {
  std::mt19937 rng(51);
  for (int round = 0; round < 200; ++round) {
    const Axes axes = random_axes(rng);
    size_t elements = 1;
    for (const int32_t extent : axes.extents) elements *= static_cast<size_t>(extent);
    const FixedMultiplier fixed = testing::pick_multiplier(rng, 0.001, 3);
    Params p{};
    set_axes(p, axes);
    p.input_zero_point = pick(rng, -128, 127);
    p.output_zero_point = pick(rng, -128, 127);
    p.multiplier = fixed.multiplier;
    p.shift = fixed.shift;
    const auto input = testing::random_values<int8_t>(rng, elements, -128, 127);
    const std::vector<int8_t> expected = naive(p, axes, input);
    testing::Case test_case;
    test_case.kernel = find_kernel("mean_s8");
    test_case.params = to_words(p);
    test_case.inputs = {testing::to_bytes(input)};
    test_case.output_bytes = expected.size();
    ASSERT_EQ(testing::expect_bodies_agree(test_case), testing::to_bytes(expected)) << round;
  }
}

TEST(MeanS8, SumsThatCouldOverflowAreRefused) {
  const BodyInfo* body = find_body("portable", "mean_s8");
  EXPECT_TRUE(body->applies(to_words(Params{{1, 1, 1}, {}, {1, 1, 1 << 23}, {}, 0, 0, 0, 0})));
  EXPECT_FALSE(body->applies(to_words(Params{{1, 1, 1}, {}, {1, 2, 1 << 23}, {}, 0, 0, 0, 0})));
}

}  // namespace
}  // namespace tmc::kernels
