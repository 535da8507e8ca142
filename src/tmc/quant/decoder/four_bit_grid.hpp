// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where the weights of one output of a decoder's layer may lie in four bits: a scale for the output, and for each group
// of inputs an integer multiplier and a zero point. A weight is scale * multiplier * (integer - zero point), the
// integer within [0, 15]. The products multiplier * (integer - zero point) are within [-127, 127], so that these are
// int8 weights to every reader of the graph; kernels store what they are made of
// (kernels/contract/conv2d_hybrid_s4.hpp).
//
// With zero points the sixteen integers span what a group has, whichever way it leans: that takes a third off the
// energy of the errors that symmetric groups of 32 have.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tmc::quant {

inline constexpr int32_t kMostInteger = 15;

struct FourBitGroup {
  int32_t multiplier = 1;
  int32_t zero_point = 0;
};

struct FourBitGrid {
  float scale = 1;
  std::vector<FourBitGroup> groups;  // of `group_inputs` weights each, the last one maybe of fewer
};

// The grid of `weights` with the least squared error of those that are tried. 0 < group_inputs.
FourBitGrid four_bit_grid(std::span<const float> weights, size_t group_inputs);

}  // namespace tmc::quant
