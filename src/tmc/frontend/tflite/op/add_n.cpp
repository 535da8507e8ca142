// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::tflite {

Status import_add_n(ImportContext& context) {
  TMC_ASSIGN(ir::ValueId sum, context.input(0));
  const size_t count = context.input_count();
  if (count < 2) return error(Error::kMalformed, "it has {} inputs", count);
  for (size_t i = 1; i + 1 < count; ++i) {
    TMC_ASSIGN(const ir::ValueId next, context.input(i));
    TMC_ASSIGN(sum, context.append(fmt::format("_sum{}", i), ops::Add{}, {sum, next}));
  }
  TMC_ASSIGN(const ir::ValueId last, context.input(count - 1));
  return context.finish(ops::Add{}, {sum, last});
}

}  // namespace tmc::frontend::tflite
