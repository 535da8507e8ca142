// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

// Sparse constants are dense in the graph, wherever they are read.
Status import_densify(ImportContext& context) {
  TMC_TRY(context.read_constant(0, "elements").status());
  TMC_ASSIGN(const ir::ValueId dense, context.input(0));
  return context.finish_as(dense);
}

}  // namespace tmc::frontend::tflite
