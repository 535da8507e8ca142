// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_erf(ExportContext& context) {
  return export_unary(context, "Erf");
}

}  // namespace tmc::exporter::onnx_format
