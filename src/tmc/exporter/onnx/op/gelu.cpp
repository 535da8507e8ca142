// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/gelu.hpp"

#include <cmath>
#include <numbers>

#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

// In the operators of opset 17, as PyTorch writes it; ONNX has one for it only from opset 20 on.
Status export_gelu(ExportContext& context) {
  const Permutation order = context.order_of(0);
  TMC_ASSIGN(const std::string x, context.input(0, order));
  std::string inner;
  if (context.op<ops::Gelu>().by_tanh) {
    const std::string cube = context.append("Mul", {context.append("Mul", {x, x}), x});
    const std::string small = context.append("Mul", {cube, context.scalar("cubic", 0.044715)});
    const std::string scaled = context.append(
        "Mul", {context.append("Add", {x, small}), context.scalar("slope", std::sqrt(2 / std::numbers::pi))});
    inner = context.append("Tanh", {scaled});
  } else {
    inner = context.append("Erf", {context.append("Div", {x, context.scalar("root", std::numbers::sqrt2)})});
  }
  const std::string product = context.append("Mul", {x, context.append("Add", {inner, context.scalar("one", 1)})});
  return context.finish("Mul", {product, context.scalar("half", 0.5)}, {}, order);
}

}  // namespace tmc::exporter::onnx_format
