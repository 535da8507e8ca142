// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/average_pool2d.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_average_pool2d(ExportContext& context) {
  const bool counts_padding = context.op<ops::AveragePool2d>().count_include_pad;
  return export_pool<ops::AveragePool2d>(context, "AveragePool", {{"count_include_pad", int64_t{counts_padding}}});
}

}  // namespace tmc::exporter::onnx_format
