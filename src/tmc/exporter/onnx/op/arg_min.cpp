// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/arg.hpp"

namespace tmc::exporter::onnx_format {

Status export_arg_min(ExportContext& context) {
  return export_arg<ops::ArgMin>(context, "ArgMin", 0);
}

}  // namespace tmc::exporter::onnx_format
