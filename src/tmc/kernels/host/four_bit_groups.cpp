// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/host/four_bit_groups.hpp"

#include <algorithm>

namespace tmc::kernels {
namespace {

constexpr int32_t kMostMultiplier = 16;

bool is_multiple(std::span<const int8_t> weights, int32_t multiplier, int32_t least) {
  return std::ranges::all_of(weights, [multiplier, least](int32_t weight) {
    return weight % multiplier == 0 && weight >= least * multiplier && weight <= 7 * multiplier;
  });
}

// Without the integer -8 where that can be: implementations take two channels only where at most one has it.
std::optional<int32_t> multiplier_of(std::span<const int8_t> weights) {
  for (const int32_t least : {-7, -8}) {
    for (int32_t multiplier = 1; multiplier <= kMostMultiplier; ++multiplier) {
      if (is_multiple(weights, multiplier, least)) return multiplier;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<FourBitGroups> split_four_bit_groups(std::span<const int8_t> weights, size_t inputs,
                                                   size_t group_inputs) {
  FourBitGroups split;
  split.integers.reserve(weights.size());
  for (size_t first = 0; first < weights.size(); first += inputs) {
    for (size_t at = 0; at < inputs; at += group_inputs) {
      const auto group = weights.subspan(first + at, std::min(group_inputs, inputs - at));
      const std::optional<int32_t> multiplier = multiplier_of(group);
      if (!multiplier) return std::nullopt;
      for (const int32_t weight : group) split.integers.push_back(static_cast<int8_t>(weight / *multiplier));
      split.multipliers.push_back(static_cast<uint8_t>(*multiplier));
    }
  }
  return split;
}

std::optional<size_t> find_group_inputs(std::span<const int8_t> weights, size_t inputs) {
  if (inputs < kFewestInputs) return std::nullopt;
  for (const size_t group_inputs : {inputs, size_t{64}, size_t{32}}) {
    if (group_inputs <= inputs && split_four_bit_groups(weights, inputs, group_inputs)) return group_inputs;
  }
  return std::nullopt;
}

}  // namespace tmc::kernels
