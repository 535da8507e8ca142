// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/transpose.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_transpose(ExportContext& context) {
  return context.finish_as_transposed(context.op<ops::Transpose>().perm);
}

}  // namespace tmc::exporter::onnx_format
