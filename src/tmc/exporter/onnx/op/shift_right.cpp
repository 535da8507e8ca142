// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_shift_right(ExportContext& context) {
  return export_elementwise(context, "BitShift", {{"direction", std::string("RIGHT")}});
}

}  // namespace tmc::exporter::onnx_format
