// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/time/window_rules.hpp"

#include <numeric>

#include "tmc/ops/op/average_pool2d.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/max_pool2d.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;

// How an operator's window slides along time, and where its attributes say so.
struct Sliding {
  int64_t kernel, stride, dilation;
  int32_t *pad_before, *pad_behind;
  int32_t* dilation_field;  // null: it has none
};

template <typename Op>
Sliding sliding_of(Op& op, bool along_height, int64_t kernel) {
  if constexpr (requires { op.dilation_h; }) {
    return along_height ? Sliding{kernel, op.stride_h, op.dilation_h, &op.pad_top, &op.pad_bottom, &op.dilation_h}
                        : Sliding{kernel, op.stride_w, op.dilation_w, &op.pad_left, &op.pad_right, &op.dilation_w};
  } else {
    return along_height ? Sliding{kernel, op.stride_h, 1, &op.pad_top, &op.pad_bottom, nullptr}
                        : Sliding{kernel, op.stride_w, 1, &op.pad_left, &op.pad_right, nullptr};
  }
}

// Frames of a window that slides, of which `windows` are in the whole graph.
template <typename Op>
Result<FrameRule> sliding_rule(Op op, bool along_height, int64_t kernel, const Frames& frames, int64_t windows) {
  const Sliding at = sliding_of(op, along_height, kernel);
  if (windows == 1 || frames.fresh > windows * at.stride) return FrameRule{};
  if (*at.pad_behind > 0) return padded_behind();
  const bool is_convolution = at.dilation_field != nullptr;
  if (*at.pad_before > 0 && !is_convolution) {
    return error(Error::kBadUsage, "it pads {} frames in time, which a pool does not count", *at.pad_before)
        .with_hint("train it without padding in time");
  }
  if (frames.fresh % at.stride != 0) {
    return error(Error::kBadUsage, "it steps over {} frames at a time, and {} are new in a run", at.stride,
                 frames.fresh)
        .with_hint(fmt::format("give the model more new frames in a run, as with --stream-hop {}; or train it with a "
                               "stride of 1 in time",
                               std::lcm(at.stride, frames.fresh)));
  }
  FrameRule rule{.op = op, .axis = frames.axis, .past = frames.window + *at.pad_before - windows * at.stride};
  rule.past_of_zeros = *at.pad_before > 0;
  *at.pad_before = 0;
  // Of one window all that is read is gathered: without holes in it, faster kernels take the layer.
  if (frames.fresh == at.stride && at.dilation > 1) {
    *at.dilation_field = 1;
    rule.every = at.dilation;
  }
  rule.op = op;
  return rule;
}

template <typename Op>
Result<FrameRule> rule_along_time(const Graph& graph, const Node& node, const Op& op, const Frames& frames,
                                  int64_t kernel_h, int64_t kernel_w) {
  const ops::ImageAxes axes = ops::image_axes(op.layout);
  const bool along_height = frames.axis == axes.height;
  if (!along_height && frames.axis != axes.width) return FrameRule{};
  const int64_t windows = graph.value(node.outputs[0]).type.shape[frames.axis];
  return sliding_rule(op, along_height, along_height ? kernel_h : kernel_w, frames, windows);
}

}  // namespace

Status padded_behind() {
  return error(Error::kBadUsage, "it pads behind the last frame, where the next ones will be")
      .with_hint("train it without padding in time, or with padding before the first frame alone (causal)");
}

Result<FrameRule> window_rule(const Graph& graph, const Node& node, const Frames& frames) {
  if (const auto* conv = node.op.get_if<ops::Conv2d>()) {
    const ir::Value& image = graph.value(node.inputs[0]);
    const ir::Value& weights = graph.value(node.inputs[1]);
    // A hybrid layer has one scale for all frames.
    const bool is_hybrid = dtype_is_float(image.type.dtype) && !dtype_is_float(weights.type.dtype);
    if (is_hybrid || conv->planar_input || !weights.is_constant()) return FrameRule{};
    const ops::ImageAxes axes = ops::image_axes(conv->layout);
    return rule_along_time(graph, node, *conv, frames, weights.type.shape[axes.height], weights.type.shape[axes.width]);
  }
  if (const auto* pool = node.op.get_if<ops::AveragePool2d>()) {
    return rule_along_time(graph, node, *pool, frames, pool->kernel_h, pool->kernel_w);
  }
  if (const auto* pool = node.op.get_if<ops::MaxPool2d>()) {
    return rule_along_time(graph, node, *pool, frames, pool->kernel_h, pool->kernel_w);
  }
  return FrameRule{};
}

}  // namespace tmc::opt
