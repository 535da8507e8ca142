// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/clip.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_clip(ExportContext& context) {
  const auto& op = context.op<ops::Clip>();
  return export_unary(context, "Clip", {}, {context.scalar("min", op.min), context.scalar("max", op.max)});
}

}  // namespace tmc::exporter::onnx_format
