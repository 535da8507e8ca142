// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

// The extents, which are known here.
Status import_shape(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  const Shape& shape = context.type(input).shape;
  return finish_integers(context, {shape.begin(), shape.end()}, Shape::of(shape.rank()));
}

}  // namespace tmc::frontend::tflite
