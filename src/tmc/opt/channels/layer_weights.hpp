// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The weights of a convolution or fully connected layer as rows of an output channel each: what ranges, liveness and
// the removal itself read.

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "tmc/ir/graph.hpp"

namespace tmc::opt {

// Bounds of a channel: of the integers of a quantised tensor, else of the reals.
struct ChannelRange {
  double low, high;
  // Every element is this, whatever the input.
  bool is_constant() const { return low == high && std::isfinite(low); }
  friend bool operator==(const ChannelRange&, const ChannelRange&) = default;
};

enum class LayerArithmetic : uint8_t {
  kOther,    // no layer, or one whose weights and bias are not known or not laid out for the kernels
  kInteger,  // int8 or int16 activations, symmetric int8 weights, int32 bias
  kFloat,    // floats, weights of 16 bits included
  kHybrid,   // float activations that are quantised at run time, int8 weights
};
LayerArithmetic layer_arithmetic(const ir::Graph& graph, const ir::Node& node);

class LayerWeights {
 public:
  // `node` is a layer whose arithmetic is not kOther; with groups it is depthwise.
  LayerWeights(const ir::Graph& graph, const ir::Node& node);

  LayerArithmetic arithmetic() const { return arithmetic_; }
  int64_t rows() const { return rows_; }
  // Input channels that a row reads, the first of which is first_input(row).
  int64_t inputs() const { return inputs_; }
  int64_t first_input(int64_t row) const { return per_input_ > 0 ? row / per_input_ : 0; }
  int64_t taps() const { return taps_; }
  // What an absent neighbour counts as; so far as windows reach beyond the image at all.
  bool is_padded() const { return padded_; }
  // The stored value that contributes nothing: the zero point, or 0.
  double zero() const { return zero_; }

  float at(int64_t row, int64_t tap, int64_t input) const {
    return weights_[static_cast<size_t>((row * taps_ + tap) * inputs_ + input)];
  }
  bool reads(int64_t row, int64_t input) const;
  bool is_zero(int64_t row) const;
  // 0 where there is none.
  double bias(int64_t row) const { return biases_.empty() ? 0 : biases_[static_cast<size_t>(row)]; }
  // What a channel that is `value` everywhere adds to the sum.
  double contribution(int64_t row, int64_t input, double value) const;
  // Bounds of a row's sum before it is rescaled, for inputs within `ranges` (one for each channel of the layer's
  // input). Exact for integers; floats get a margin for the order of summation, unless nothing varies.
  ChannelRange sum(int64_t row, std::span<const ChannelRange> ranges) const;

 private:
  LayerArithmetic arithmetic_;
  int64_t rows_ = 0, inputs_ = 0, taps_ = 1;
  int64_t per_input_ = 0;  // depthwise: output channels of an input channel; else 0
  bool padded_ = false;
  double zero_ = 0;
  std::vector<float> weights_;  // as stored: int8 is exact
  std::vector<double> biases_;
};

}  // namespace tmc::opt
