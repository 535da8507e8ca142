// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/matmul.hpp"
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_matmul(ExportContext& context) {
  TMC_ASSIGN(const std::string a, context.input(0));
  Permutation order = identity_order(context.input_shape(1).rank());
  if (context.op<ops::Matmul>().transpose_b) std::swap(order.end()[-1], order.end()[-2]);
  TMC_ASSIGN(const std::string b, context.input(1, order));
  return context.finish("MatMul", {a, b});
}

}  // namespace tmc::exporter::onnx_format
