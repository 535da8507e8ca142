// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/cast.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_cast(ExportContext& context) {
  const auto type = int64_t{element_type(context.op<ops::Cast>().to)};
  return export_unary(context, "Cast", {{"to", type}});
}

}  // namespace tmc::exporter::onnx_format
