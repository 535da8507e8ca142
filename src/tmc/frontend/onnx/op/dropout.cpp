// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// Of any type.
bool is_zero(const Constant& constant) {
  return std::ranges::all_of(constant.data.bytes(), [](std::byte byte) { return byte == std::byte{0}; });
}

// Since opset 12 an input says whether this is training, in which a ratio of zero drops nothing either.
Result<bool> drops(ImportContext& context) {
  if (!context.has_input(2)) return false;
  TMC_ASSIGN(const Constant* training, context.constant(2, "training mode"));
  if (is_zero(*training)) return false;
  if (!context.has_input(1)) return true;
  TMC_ASSIGN(const Constant* ratio, context.constant(1, "ratio"));
  return !is_zero(*ratio);
}

}  // namespace

Status import_dropout(ImportContext& context) {
  TMC_ASSIGN(const bool dropping, drops(context));
  if (dropping) return error(Error::kUnsupportedOp, "training is not supported");
  // Since opset 10 the mask is of truth values: nothing is dropped.
  if (!context.has_output(1) || context.opset() < 10) return import_pass_through(context);
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  TMC_TRY(context.budget().take_computed({DType::kBool, shape}));
  const std::vector<uint8_t> all(static_cast<size_t>(shape.elements()), 1);
  TMC_TRY(context.finish_output_as(1, {{DType::kBool, shape}, ir::TensorData::of(std::span<const uint8_t>(all))}));
  return import_first_through(context);
}

}  // namespace tmc::frontend::onnx_format
