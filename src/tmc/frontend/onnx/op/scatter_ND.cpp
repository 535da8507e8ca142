// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/scatter_nd.hpp"
#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

Status import_scatter_ND(ImportContext& context) {
  TMC_ASSIGN(std::string reduction, context.attributes().text("reduction", "none"));
  TMC_ASSIGN(const ir::ValueId data, context.input(0));
  TMC_ASSIGN(const ir::ValueId indices, context.input(1));
  TMC_ASSIGN(const ir::ValueId updates, context.input(2));
  return context.finish(ops::ScatterNd{std::move(reduction)}, {data, indices, updates});
}

}  // namespace tmc::frontend::onnx_format
