// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A pad along height and width becomes the padding of the convolution or pool that reads it, where both fill with the
// same: a convolution pads with zero (its zero point), a maximum pool with what never wins (the least integer, or
// -infinity).

#include <algorithm>
#include <cmath>
#include <limits>

#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/max_pool2d.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;

// What fills the pad, in the tensor's own numbers.
double fill_of(const ir::Value& padded, double value) {
  if (padded.quantization.empty()) return value;
  const double quantized =
      std::round(value / static_cast<double>(padded.quantization.scale())) + padded.quantization.zero_point();
  return std::clamp<double>(quantized, dtype_min(padded.type.dtype), dtype_max(padded.type.dtype));
}

bool same_fill(const ops::Conv2d&, const ir::Value& padded, double fill) {
  return fill == (padded.quantization.empty() ? 0 : padded.quantization.zero_point());
}

bool same_fill(const ops::MaxPool2d&, const ir::Value& padded, double fill) {
  return fill ==
         (padded.quantization.empty() ? -std::numeric_limits<double>::infinity() : dtype_min(padded.type.dtype));
}

bool add_pads(int32_t& pad, int64_t more) {
  if (more > std::numeric_limits<int32_t>::max() - pad) return false;
  pad += static_cast<int32_t>(more);
  return true;
}

// Adds the pads to the window's own; false where they are not along height and width alone.
template <typename Op>
bool take_pads(Op& op, const std::vector<int64_t>& pads) {
  const ops::ImageAxes axes = ops::image_axes(op.layout);
  const auto before = [&](int axis) { return pads[static_cast<size_t>(axis)]; };
  const auto after = [&](int axis) { return pads[static_cast<size_t>(axis) + 4]; };
  if (before(0) || after(0) || before(axes.channels) || after(axes.channels)) return false;
  return add_pads(op.pad_top, before(axes.height)) && add_pads(op.pad_bottom, after(axes.height)) &&
         add_pads(op.pad_left, before(axes.width)) && add_pads(op.pad_right, after(axes.width));
}

template <typename Op>
void fuse(Graph& graph, NodeId id) {
  ir::Node& node = graph.node(id);
  if (!node.op.is<Op>()) return;
  const NodeId pad_id = graph.producer_if<ops::Pad>(node.inputs[0]);
  if (pad_id == NodeId::kNone) return;
  const ir::Node& pad = graph.node(pad_id);
  const ir::Value& padded = graph.value(pad.outputs[0]);
  if (padded.quantization != graph.value(pad.inputs[0]).quantization || padded.quantization.per_axis()) return;

  Op fused = node.op.get<Op>();
  const auto& [pads, value] = pad.op.get<ops::Pad>();
  if (!same_fill(fused, padded, fill_of(padded, value)) || !take_pads(fused, pads)) return;
  std::vector<ir::ValueId> inputs = node.inputs;
  inputs[0] = pad.inputs[0];
  if (!graph.infer(fused, inputs).ok()) return;  // a pool refuses padding as large as its window
  const ir::ValueId unused = node.inputs[0];
  node.op = std::move(fused);
  node.inputs = std::move(inputs);
  graph.erase_unused(unused);
}

Status run_fuse_pad(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    fuse<ops::Conv2d>(graph, id);
    fuse<ops::MaxPool2d>(graph, id);
  }
  return {};
}

}  // namespace

extern const ir::Pass fuse_pad;
const ir::Pass fuse_pad = {"fuse_pad", "Makes a pad part of the convolution or maximum pool that reads it.",
                           run_fuse_pad};

}  // namespace tmc::opt
