// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/transpose.hpp"
#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

Status import_transpose(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(std::vector<int64_t> perm, context.constant_ints(1, "axes"));
  for (int64_t& axis : perm) axis += axis < 0 ? context.type(input).shape.rank() : 0;
  return context.finish(ops::Transpose{std::move(perm)}, {input});
}

}  // namespace tmc::frontend::tflite
