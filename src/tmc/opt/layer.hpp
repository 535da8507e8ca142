// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Layers: convolutions and fully connected layers, whose inputs are data, weights [out, ...] and an optional bias
// [out].

#include "tmc/ir/graph.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::opt {

inline bool has_bias(const ir::Node& layer) {
  return layer.inputs.size() > 2 && layer.inputs[2] != ir::ValueId::kNone;
}

// The axis of the output's channels; -1 where the node is no layer, or one that clamps its output.
inline int channel_axis(const ir::Graph& graph, const ir::Node& node) {
  if (const auto* conv = node.op.get_if<ops::Conv2d>()) {
    return conv->activation == ops::Activation::kNone ? ops::image_axes(conv->layout).channels : -1;
  }
  if (const auto* layer = node.op.get_if<ops::FullyConnected>()) {
    const int last = graph.value(node.outputs[0]).type.shape.rank() - 1;
    return layer->activation == ops::Activation::kNone ? last : -1;
  }
  return -1;
}

// Whether `shape`, broadcast to `out`, has one element for every index of `axis`.
inline bool is_per_channel(const Shape& shape, const Shape& out, int axis) {
  const int from_end = out.rank() - 1 - axis;
  return shape.rank() <= out.rank() && from_end < shape.rank() && shape.back(from_end) == out[axis] &&
         shape.elements() == out[axis];
}

}  // namespace tmc::opt
