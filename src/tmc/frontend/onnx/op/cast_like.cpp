// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

// To the type of the second input, whose elements nobody reads.
Status import_cast_like(ImportContext& context) {
  TMC_ASSIGN(const FileTensor* like, context.tensor(1));
  if (const NarrowType* narrow = context.narrow_type(1)) return import_narrow_cast(context, *narrow);
  return import_cast(context, like->constant ? like->constant->type.dtype : context.type(like->value).dtype);
}

}  // namespace tmc::frontend::onnx_format
