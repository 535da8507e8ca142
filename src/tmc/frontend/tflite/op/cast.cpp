// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/cast.hpp"
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

// To the type that the file says of the output.
Status import_cast(ImportContext& context) {
  TMC_ASSIGN(const FileTensor output, context.output());
  return import_unary(context, ops::Cast{output.type.dtype});
}

}  // namespace tmc::frontend::tflite
