// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

Status import_rank(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  return finish_integers(context, {context.type(input).shape.rank()}, {});
}

}  // namespace tmc::frontend::tflite
