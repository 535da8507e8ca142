// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::exporter::onnx_format {

Status export_reduce_all(ExportContext& context) {
  const auto& op = context.op<ops::ReduceAll>();
  return export_reduction(context, "ReduceMin", op.axes, op.keep_dims, function::ReduceMin::kAxesAreInputSince);
}

}  // namespace tmc::exporter::onnx_format
