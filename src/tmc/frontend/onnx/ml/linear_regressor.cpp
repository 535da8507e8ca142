// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/linear_model.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/post_transform.hpp"
#include "tmc/frontend/onnx/structured.hpp"

namespace tmc::frontend::onnx_format {

Status import_ml_linear_regressor(ImportContext& context) {
  TMC_ASSIGN(const int64_t targets, context.attributes().integer("targets", 1));
  TMC_ASSIGN(const PostTransform transform, read_post_transform(context));
  TMC_ASSIGN(const ir::ValueId scores, append_linear_scores(context, targets));
  const auto append = targets == 1 ? &append_transformed_single : &append_transformed;
  TMC_ASSIGN(const ir::ValueId transformed, append(context, scores, transform));
  return finish_copy(context, 0, transformed);
}

}  // namespace tmc::frontend::onnx_format
