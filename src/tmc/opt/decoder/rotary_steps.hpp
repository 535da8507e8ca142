// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cosines and sines of positions, whether they are looked up or computed, read as turns that grow with the position.
// Such a table need not end: angles are counted in integers then (ops/op/rotary_angles.hpp).

#include <functional>
#include <optional>
#include <vector>

namespace tmc::opt {

struct Turned {
  std::vector<float> cosines, sines;  // [rows, angles]: of tokens at positions one after the other
};
// The angles where the first token stands at a position; none where that cannot be told.
using AnglesAt = std::function<std::optional<Turned>(int64_t first)>;

// What each angle grows by a token, in parts of 2^32 of a turn; none where angles are not that, to the rounding of
// float32. `angles` in each row, `block` tokens, which for positions below `positions` are looked at.
std::optional<std::vector<int64_t>> rotary_steps(const AnglesAt& at, size_t angles, int64_t block, int64_t positions);

}  // namespace tmc::opt
