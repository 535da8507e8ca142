// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights of a layer in four bits: integers within [-7, 7] times the layer's scale, one for each output channel, and an
// integer multiplier for each group of inputs. The products are int8, so that these are int8 weights to every reader of
// the graph; kernels store what they are products of (kernels/contract/conv2d_s4.hpp).

#include <cstdint>
#include <span>
#include <vector>

#include "tmc/ir/graph.hpp"
#include "tmc/quant/scheme/weight_form.hpp"

namespace tmc::quant {

// The largest multiplier: with it the products reach 112.
inline constexpr int32_t kMostMultiplier = 16;

// Whether the layer's weights gain by four bits: it reads more than kFewestFourBitInputs inputs for each output, and
// its channels are not in groups.
inline constexpr int64_t kFewestFourBitInputs = 32;
bool takes_four_bits(const ir::Graph& graph, const ir::Node& layer);

// The scale of a channel whose `weights` are in groups of `group_inputs`, by least squares over the ways to saturate.
float four_bit_scale(std::span<const float> weights, size_t group_inputs);

// Of one channel at a scale: products, and for each the multiplier of its group. A single group has the multiplier 1.
struct FourBitChannel {
  std::vector<int8_t> products;
  std::vector<int32_t> steps;
};
FourBitChannel round_four_bit(std::span<const float> weights, size_t group_inputs, float scale);

}  // namespace tmc::quant
