// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_remainder(ExportContext& context) {
  return export_elementwise(context, "Mod", {{"fmod", int64_t{1}}});
}

}  // namespace tmc::exporter::onnx_format
