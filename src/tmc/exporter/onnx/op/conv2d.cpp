// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_conv2d(ExportContext& context) {
  const auto& op = context.op<ops::Conv2d>();
  const Permutation order = image_order(op.layout);
  TMC_ASSIGN(const std::string image, context.input(0, op.planar_input ? identity_order(4) : order));
  TMC_ASSIGN(const std::string weights, context.input(1, order));
  TMC_ASSIGN(const std::string bias, context.bias());
  Attributes attributes = window_attributes(op);
  const Shape kernel = ir::permute(context.input_shape(1), order);
  attributes.push_back({"kernel_shape", std::vector<int64_t>{kernel[2], kernel[3]}});
  attributes.push_back({"dilations", std::vector<int64_t>{op.dilation_h, op.dilation_w}});
  attributes.push_back({"group", int64_t{op.groups}});
  std::vector<std::string> inputs = {image, weights};
  if (!bias.empty()) inputs.push_back(bias);
  return context.finish("Conv", inputs, attributes, order);
}

}  // namespace tmc::exporter::onnx_format
