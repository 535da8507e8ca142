// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/mean.hpp"
#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

Status import_mean(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::ReducerOptions>());
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(std::vector<int64_t> axes, context.constant_ints(1, "axes"));
  return context.finish(ops::Mean{.axes = std::move(axes), .keep_dims = options->keep_dims()}, {input});
}

}  // namespace tmc::frontend::tflite
