// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/roi_align.hpp"

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

Status import_roi_align(ImportContext& context) {
  const Attributes attributes = context.attributes();
  ops::RoiAlign op;
  TMC_ASSIGN(op.out_h, attributes.integer("output_height", 1));
  TMC_ASSIGN(op.out_w, attributes.integer("output_width", 1));
  TMC_ASSIGN(op.samples, attributes.integer("sampling_ratio", 0));
  TMC_ASSIGN(op.scale, attributes.real("spatial_scale", 1));
  TMC_ASSIGN(const std::string mode, attributes.text("mode", "avg"));
  if (mode != "avg" && mode != "max") return error(Error::kMalformed, "its mode is '{}'", mode);
  op.max = mode == "max";
  // Before opset 16 there was one way, and no name for it.
  const std::string otherwise = context.opset() < 16 ? "output_half_pixel" : "half_pixel";
  TMC_ASSIGN(const std::string coordinates, attributes.text("coordinate_transformation_mode", otherwise));
  if (coordinates != "half_pixel" && coordinates != "output_half_pixel") {
    return error(Error::kMalformed, "its coordinate_transformation_mode is '{}'", coordinates);
  }
  op.half_pixel = coordinates == "half_pixel";
  std::vector<ir::ValueId> inputs;
  for (size_t i = 0; i < 3; ++i) {
    TMC_ASSIGN(inputs.emplace_back(), context.input(i));
  }
  return context.finish(op, inputs);
}

}  // namespace tmc::frontend::onnx_format
