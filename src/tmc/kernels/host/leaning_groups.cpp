// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/host/leaning_groups.hpp"

#include <algorithm>
#include <numeric>

#include "tmc/kernels/host/four_bit_groups.hpp"

namespace tmc::kernels {
namespace {

constexpr int32_t kMostMultiplier = 15, kMostInteger = 15, kMiddle = 8;

struct Group {
  int32_t multiplier, zero_point;
};

// Any divisor of all weights leaves integers; the largest leaves the fewest between the least and the most.
std::optional<Group> group_of(std::span<const int8_t> weights) {
  int32_t divisor = 0, low = 0, high = 0;
  for (const int32_t weight : weights) {
    divisor = std::gcd(divisor, weight);
    low = std::min(low, weight);
    high = std::max(high, weight);
  }
  int32_t multiplier = std::clamp(divisor, 1, kMostMultiplier);
  while (divisor % multiplier != 0) --multiplier;
  const int32_t least = -low / multiplier, most = kMostInteger - high / multiplier;
  if (least > most) return std::nullopt;
  return Group{multiplier, std::clamp(kMiddle, least, most)};
}

}  // namespace

std::optional<LeaningGroups> split_leaning_groups(std::span<const int8_t> weights, size_t inputs, size_t group_inputs) {
  LeaningGroups split;
  split.integers.reserve(weights.size());
  for (size_t first = 0; first < weights.size(); first += inputs) {
    for (size_t at = 0; at < inputs; at += group_inputs) {
      const auto group = weights.subspan(first + at, std::min(group_inputs, inputs - at));
      const std::optional<Group> found = group_of(group);
      if (!found) return std::nullopt;
      for (const int32_t weight : group) {
        split.integers.push_back(static_cast<uint8_t>(weight / found->multiplier + found->zero_point));
      }
      split.multipliers.push_back(static_cast<uint8_t>(found->multiplier));
      split.zero_points.push_back(static_cast<uint8_t>(found->zero_point));
    }
  }
  return split;
}

std::optional<size_t> find_leaning_groups(std::span<const int8_t> weights, size_t inputs) {
  if (inputs < kFewestInputs) return std::nullopt;
  for (const size_t group_inputs : {inputs, size_t{64}, size_t{32}}) {
    if (group_inputs <= inputs && split_leaning_groups(weights, inputs, group_inputs)) return group_inputs;
  }
  return std::nullopt;
}

}  // namespace tmc::kernels
