// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Exporters that several operators share.

#include <algorithm>

#include "tmc/exporter/onnx/export_context.hpp"

namespace tmc::exporter::onnx_format {

// One operand, any order of axes; `more` are inputs behind it.
Status export_unary(ExportContext& context, const std::string& type, const Attributes& attributes = {},
                    const std::vector<std::string>& more = {});
// Operands that broadcast against each other, in that order of axes (ExportContext::common_order).
Result<std::vector<std::string>> elementwise_operands(ExportContext& context, const Permutation& order);
// An operator of such operands.
Status export_elementwise(ExportContext& context, const std::string& type, const Attributes& attributes = {});
// Reduces input 0 over axes, which may be negative; from that opset on they are an input.
Status export_reduction(ExportContext& context, const std::string& type, const std::vector<int64_t>& axes,
                        bool keep_dims, int64_t axes_are_input_since);

// Where an axis of the value lies in the file.
inline int64_t axis_in(const Permutation& order, int64_t axis) {
  return std::ranges::find(order, axis) - order.begin();
}

// Per axis of the value to per axis of the file.
inline std::vector<int64_t> in_order(const std::vector<int64_t>& per_axis, const Permutation& order) {
  std::vector<int64_t> moved;
  for (const int64_t axis : order) moved.push_back(per_axis[static_cast<size_t>(axis)]);
  return moved;
}

// The order that makes [n, c, h, w] of an image.
inline Permutation image_order(ops::Layout layout) {
  return layout == ops::Layout::kNhwc ? ir::kNhwcToNchw : identity_order(4);
}

// Strides and pads of a sliding window.
template <typename Op>
Attributes window_attributes(const Op& op) {
  return {{"strides", std::vector<int64_t>{op.stride_h, op.stride_w}},
          {"pads", std::vector<int64_t>{op.pad_top, op.pad_left, op.pad_bottom, op.pad_right}}};
}

// A pool over images; `attributes` come behind its window.
template <typename Op>
Status export_pool(ExportContext& context, const std::string& type, const Attributes& attributes = {}) {
  const Op& op = context.op<Op>();
  Attributes all = window_attributes(op);
  all.push_back({"kernel_shape", std::vector<int64_t>{op.kernel_h, op.kernel_w}});
  all.insert(all.end(), attributes.begin(), attributes.end());
  const Permutation order = image_order(op.layout);
  TMC_ASSIGN(const std::string image, context.input(0, order));
  return context.finish(type, {image}, all, order);
}

}  // namespace tmc::exporter::onnx_format
