// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/softmax.hpp"
#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

Status import_softmax(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::SoftmaxOptions>());
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const FileTensor output, context.output());
  const bool is_wide = context.type(input).dtype == DType::kI8 && output.type.dtype == DType::kI16;
  return context.finish(ops::Softmax{.axis = -1, .beta = options->beta(), .wide = is_wide}, {input});
}

}  // namespace tmc::frontend::tflite
