// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/expand.hpp"

namespace tmc::frontend::tflite {

// Inputs: the extents, and the one element that is everywhere.
Status import_fill(ImportContext& context) {
  TMC_ASSIGN(std::vector<int64_t> extents, context.constant_ints(0, "extents"));
  TMC_ASSIGN(const ir::ValueId element, context.input(1));
  return context.finish(ops::Expand{std::move(extents)}, {element});
}

}  // namespace tmc::frontend::tflite
