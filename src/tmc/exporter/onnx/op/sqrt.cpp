// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_sqrt(ExportContext& context) {
  return export_unary(context, "Sqrt");
}

}  // namespace tmc::exporter::onnx_format
