// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of mean_s8 and mean_s16.

#include <map>

#include "tmc/kernels/testing/element.hpp"
#include "tmc/kernels/testing/naive.hpp"

namespace tmc::kernels::testing {

// Six axes, outermost first, of which `reduces` marks the reduced ones; three at most are of a kind.
struct Axes {
  int32_t extents[6];
  bool reduces[6];
};

inline Axes random_axes(std::mt19937& rng) {
  Axes axes{};
  for (int32_t& extent : axes.extents) extent = pick(rng, 1, 5);
  const bool first = pick(rng, 0, 1) == 1;
  for (int axis = 0; axis < 6; ++axis) axes.reduces[axis] = (axis % 2 == 0) == first;
  return axes;
}

template <typename Params>
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

// Elements by the output that they are reduced to, by counting through all indices of the input, into the index that is
// left without the reduced axes.
template <typename T>
std::map<size_t, std::vector<T>> groups_of(const Axes& axes, const std::vector<T>& input) {
  std::map<size_t, std::vector<T>> groups;
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
    groups[output].push_back(input[at]);
  }
  return groups;
}

template <typename T, typename Params>
std::vector<T> naive_mean(const Params& p, const Axes& axes, const std::vector<T>& input) {
  std::vector<T> means;
  for (const auto& [output, group] : groups_of(axes, input)) {
    double sum = 0;
    for (const T element : group) sum += element - p.input_zero_point;
    const double mean = naive_requantize(sum, p.multiplier, p.shift);
    means.push_back(static_cast<T>(naive_clamp(mean + p.output_zero_point, kLeast<T>, kMost<T>)));
  }
  return means;
}

// Random axes, multipliers and, of int8, zero points.
template <typename Contract>
void expect_random_means(uint32_t seed, int rounds) {
  using T = Element<Contract>;
  std::mt19937 rng(seed);
  for (int round = 0; round < rounds; ++round) {
    const Axes axes = random_axes(rng);
    size_t elements = 1;
    for (const int32_t extent : axes.extents) elements *= static_cast<size_t>(extent);
    const FixedMultiplier fixed = pick_multiplier(rng, 0.001, 3);
    typename Contract::Params p{};
    set_axes(p, axes);
    p.input_zero_point = sizeof(T) > 1 ? 0 : pick(rng, -128, 127);
    p.output_zero_point = sizeof(T) > 1 ? 0 : pick(rng, -128, 127);
    p.multiplier = fixed.multiplier;
    p.shift = fixed.shift;
    const auto input = random_elements<T>(rng, elements);
    const std::vector<T> expected = naive_mean(p, axes, input);
    Case test_case;
    test_case.kernel = find_kernel(Contract::kName);
    test_case.params = to_words(p);
    test_case.inputs = {to_bytes(input)};
    test_case.output_bytes = expected.size() * sizeof(T);
    ASSERT_EQ(expect_implementations_agree(test_case), to_bytes(expected)) << round;
  }
}

}  // namespace tmc::kernels::testing
