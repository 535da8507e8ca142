// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/rotary.hpp"

namespace tmc::frontend::onnx_format {

Status import_microsoft_rotary_embedding(ImportContext& context) {
  TMC_ASSIGN(const int64_t packed, context.attributes().integer("is_packed_batching", 0));
  TMC_ASSIGN(const double scale, context.attributes().real("scale", 1));
  if (packed != 0) {
    return error(Error::kUnsupportedOp, "its items are packed (is_packed_batching)").with_hint("pad them instead");
  }
  if (scale != 1) {
    return error(Error::kUnsupportedOp, "it scales what it turned by {}", scale)
        .with_hint("multiply with that factor before it");
  }
  return import_rotary(context, {.cosine = 2, .sine = 3, .positions = 1, .sized_by_angles = true});
}

}  // namespace tmc::frontend::onnx_format
