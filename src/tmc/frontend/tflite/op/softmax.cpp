// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/softmax.hpp"
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

Status import_softmax(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::SoftmaxOptions>());
  return import_unary(context, ops::Softmax{.axis = -1, .beta = options->beta()});
}

}  // namespace tmc::frontend::tflite
