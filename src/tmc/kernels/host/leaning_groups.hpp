// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights that four bits hold with a zero point (contract/conv2d_hybrid_s4.hpp): int8 products taken apart into
// integers within [0, 15], and for each group a multiplier within [1, 15], the largest that divides all, and a zero
// point within [0, 15], the nearest to 8.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace tmc::kernels {

struct LeaningGroups {
  std::vector<uint8_t> integers;     // as many as weights
  std::vector<uint8_t> multipliers;  // [channels, groups]
  std::vector<uint8_t> zero_points;  // [channels, groups]
};

// Of weights [channels, inputs] in groups along the inputs. nullopt where a group is of another form.
std::optional<LeaningGroups> split_leaning_groups(std::span<const int8_t> weights, size_t inputs, size_t group_inputs);

// The longest groups that the weights are made of: of all inputs, 64 or 32. nullopt where they are of another form, or
// so short that bytes serve them as well (host/four_bit_groups.hpp).
std::optional<size_t> find_leaning_groups(std::span<const int8_t> weights, size_t inputs);

}  // namespace tmc::kernels
