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
  return import_pass_through(context);
}

}  // namespace tmc::frontend::onnx_format
