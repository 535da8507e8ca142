// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/ops/op/concat.hpp"

namespace tmc::frontend::onnx_format {

// All inputs side by side, in float32.
Status import_ml_feature_vectorizer(ImportContext& context) {
  std::vector<ir::ValueId> parts;
  for (size_t i = 0; i < context.input_count(); ++i) {
    TMC_ASSIGN(const ir::ValueId part, input_rows(context, i));
    parts.push_back(part);
  }
  if (parts.empty()) return error(Error::kMalformed, "it has no input");
  return context.finish(ops::Concat{.axis = 1}, std::move(parts));
}

}  // namespace tmc::frontend::onnx_format
