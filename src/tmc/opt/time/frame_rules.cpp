// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/time/frame_rules.hpp"

#include <algorithm>

#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/gather.hpp"
#include "tmc/ops/op/layer_norm.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/rms_norm.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/softmax.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/ops/op/where.hpp"
#include "tmc/opt/time/window_rules.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::ValueId;
using FrameList = std::span<const std::optional<Frames>>;

const Shape& shape_of(const Graph& graph, ValueId id) {
  return graph.value(id).type.shape;
}

FrameRule kept(const Node& node, int axis) {
  return FrameRule{.op = node.op, .axis = axis};
}

// An axis of an operator's attributes as one from 0 on.
int from_front(int64_t axis, int rank) {
  return static_cast<int>(axis < 0 ? axis + rank : axis);
}

// Operands that broadcast: all that have frames have the same ones at the same place from the end, and the others are
// the same for every frame.
Result<FrameRule> elementwise_rule(const Graph& graph, const Node& node, FrameList frames) {
  const int rank = shape_of(graph, node.outputs[0]).rank();
  std::optional<Frames> all;  // with the axis that it is in the output
  for (size_t i = 0; i < frames.size(); ++i) {
    if (!frames[i]) continue;
    Frames moved = *frames[i];
    moved.axis += rank - shape_of(graph, node.inputs[i]).rank();
    if (all && !(*all == moved)) return FrameRule{};
    all = moved;
  }
  for (size_t i = 0; i < frames.size(); ++i) {
    if (frames[i] || node.inputs[i] == ValueId::kNone) continue;
    const Shape& shape = shape_of(graph, node.inputs[i]);
    const int axis = all->axis - (rank - shape.rank());
    if (axis >= 0 && shape[axis] != 1) return FrameRule{};
  }
  return kept(node, all->axis);
}

Result<FrameRule> concat_rule(const Graph& graph, const Node& node, const ops::Concat& concat, FrameList frames) {
  const int axis = frames[0] ? frames[0]->axis : -1;
  if (from_front(concat.axis, shape_of(graph, node.outputs[0]).rank()) == axis) return FrameRule{};
  const bool alike = std::ranges::all_of(frames, [&](const auto& each) { return each && *each == *frames[0]; });
  return alike ? kept(node, axis) : FrameRule{};
}

Result<FrameRule> reshape_rule(const Graph& graph, const Node& node, const Frames& frames) {
  const int64_t before = shape_of(graph, node.inputs[0]).elements(0, frames.axis);
  const Shape& shape = shape_of(graph, node.outputs[0]);
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (shape[axis] != frames.window || shape.elements(0, axis) != before) continue;
    ops::Reshape reshape{{shape.begin(), shape.end()}};
    reshape.shape[static_cast<size_t>(axis)] = frames.fresh;
    return FrameRule{.op = std::move(reshape), .axis = axis};
  }
  return FrameRule{};
}

Result<FrameRule> slice_rule(ops::Slice slice, const Frames& frames) {
  const auto axis = static_cast<size_t>(frames.axis);
  const int64_t behind = frames.window - slice.begins[axis] - slice.sizes[axis];
  if (slice.steps[axis] != 1 || slice.sizes[axis] < frames.fresh) return FrameRule{};
  slice.begins[axis] = 0;
  slice.sizes[axis] = frames.fresh;
  return FrameRule{.op = std::move(slice), .axis = frames.axis, .past = behind};
}

Result<FrameRule> pad_rule(ops::Pad pad, const Frames& frames) {
  const auto axis = static_cast<size_t>(frames.axis);
  const size_t rank = pad.pads.size() / 2;
  if (pad.pads[axis + rank] > 0) return padded_behind();
  FrameRule rule{.op = pad, .axis = frames.axis};
  if (pad.pads[axis] > 0) {
    if (pad.value != 0) {
      return error(Error::kBadUsage, "it puts frames of {} before the first one, and what is before it begins as zeros",
                   pad.value)
          .with_hint("train it with zeros, or without padding in time");
    }
    rule.past_of_zeros = true;
    pad.pads[axis] = 0;
    rule.op = std::move(pad);
  }
  return rule;
}

Result<FrameRule> reduction_rule(const Graph& graph, const Node& node, const Frames& frames) {
  const ops::ReducedAxes reduced = ops::reduced_axes(node.op);
  const int rank = shape_of(graph, node.inputs[0]).rank();
  int axis = frames.axis;
  for (const int64_t each : reduced.axes) {
    const int other = from_front(each, rank);
    if (other == frames.axis) return FrameRule{};
    if (other < frames.axis && !reduced.keep_dims) --axis;
  }
  return kept(node, axis);
}

Result<FrameRule> transpose_rule(const Node& node, const ops::Transpose& transpose, const Frames& frames) {
  const auto found = std::ranges::find(transpose.perm, frames.axis);
  return kept(node, static_cast<int>(found - transpose.perm.begin()));
}

// Products of rows with what is the same for every frame.
Result<FrameRule> matmul_rule(const Graph& graph, const Node& node, FrameList frames) {
  const int rank = shape_of(graph, node.inputs[0]).rank();
  if (!frames[0] || frames[1] || frames[0]->axis != rank - 2) return FrameRule{};
  return kept(node, shape_of(graph, node.outputs[0]).rank() - 2);
}

// Of operators of one operand with frames that leave frames alone where another axis is theirs.
Result<FrameRule> single_rule(const Graph& graph, const Node& node, const Frames& frames) {
  const int rank = shape_of(graph, node.inputs[0]).rank();
  const auto unless = [&](bool reads_all) { return reads_all ? FrameRule{} : kept(node, frames.axis); };
  if (const auto* softmax = node.op.get_if<ops::Softmax>()) {
    return unless(from_front(softmax->axis, rank) == frames.axis);
  }
  if (const auto* norm = node.op.get_if<ops::LayerNorm>()) return unless(from_front(norm->axis, rank) <= frames.axis);
  if (const auto* norm = node.op.get_if<ops::RmsNorm>()) return unless(from_front(norm->axis, rank) <= frames.axis);
  if (node.op.is<ops::FullyConnected>()) return unless(frames.axis == rank - 1);
  if (const auto* gather = node.op.get_if<ops::Gather>()) {
    return unless(std::ranges::any_of(gather->axes, [&](int64_t a) { return from_front(a, rank) == frames.axis; }));
  }
  if (const auto* slice = node.op.get_if<ops::Slice>()) return slice_rule(*slice, frames);
  if (const auto* pad = node.op.get_if<ops::Pad>()) return pad_rule(*pad, frames);
  if (const auto* transpose = node.op.get_if<ops::Transpose>()) return transpose_rule(node, *transpose, frames);
  if (node.op.is<ops::Reshape>()) return reshape_rule(graph, node, frames);
  if (node.op.reduces()) return reduction_rule(graph, node, frames);
  return window_rule(graph, node, frames);
}

}  // namespace

Result<FrameRule> frame_rule(const Graph& graph, const Node& node, FrameList frames) {
  if (node.op.info().elementwise_operands > 0 || node.op.is<ops::Cast>() || node.op.is<ops::Where>()) {
    return elementwise_rule(graph, node, frames);
  }
  if (const auto* concat = node.op.get_if<ops::Concat>()) return concat_rule(graph, node, *concat, frames);
  if (node.op.is<ops::Matmul>()) return matmul_rule(graph, node, frames);
  if (!frames[0] || std::ranges::count_if(frames, [](const auto& each) { return each.has_value(); }) != 1) {
    return FrameRule{};
  }
  return single_rule(graph, node, *frames[0]);
}

}  // namespace tmc::opt
