// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights that four bits hold (contract/conv2d_s4.hpp): int8 products taken apart into integers within [-8, 7] and a
// multiplier within [1, 16] for each group: the least that does with integers from -7, else with -8.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace tmc::kernels {

struct FourBitGroups {
  std::vector<int8_t> integers;      // as many as weights
  std::vector<uint8_t> multipliers;  // [channels, groups]
};

// Of weights [channels, inputs] in groups along the inputs. nullopt where a group is of another form.
std::optional<FourBitGroups> split_four_bit_groups(std::span<const int8_t> weights, size_t inputs, size_t group_inputs);

// The longest groups that the weights are made of: of all inputs, 64 or 32. nullopt where they are of another form, or
// so short (less than kFewestInputs) that bytes serve them as well.
inline constexpr size_t kFewestInputs = 8;
std::optional<size_t> find_group_inputs(std::span<const int8_t> weights, size_t inputs);

}  // namespace tmc::kernels
