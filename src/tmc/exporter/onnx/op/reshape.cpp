// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/patterns.hpp"

namespace tmc::exporter::onnx_format {

Status export_reshape(ExportContext& context) {
  // Where axes of extent 1 alone change places, the elements lie as they shall.
  const Permutation lying = context.order_of(0);
  const bool as_it_lies = ir::keeps_element_order(lying, context.input_shape(0));
  const Permutation order = as_it_lies ? lying : identity_order(context.input_shape(0).rank());
  TMC_ASSIGN(const std::string input, context.input(0, order));
  const Shape& shape = context.output_shape();
  return context.finish("Reshape", {input, context.integers("shape", {shape.begin(), shape.end()})});
}

}  // namespace tmc::exporter::onnx_format
