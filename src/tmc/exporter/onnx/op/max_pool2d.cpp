// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/max_pool2d.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_max_pool2d(ExportContext& context) {
  return export_pool<ops::MaxPool2d>(context, "MaxPool");
}

}  // namespace tmc::exporter::onnx_format
