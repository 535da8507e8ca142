// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/reshape.hpp"
#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

Status import_reshape(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  ops::Reshape op;
  if (context.has_input(1)) {
    TMC_ASSIGN(op.shape, context.constant_ints(1, "extents"));
  } else {
    TMC_ASSIGN(const auto* options, context.options<schema::ReshapeOptions>());
    if (options->new_shape() == nullptr) return error(Error::kMalformed, "its extents are missing");
    op.shape.assign(options->new_shape()->begin(), options->new_shape()->end());
  }
  return context.finish(op, {input});
}

}  // namespace tmc::frontend::tflite
