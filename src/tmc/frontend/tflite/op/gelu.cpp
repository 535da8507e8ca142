// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/gelu.hpp"
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

Status import_gelu(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::GeluOptions>());
  return import_unary(context, ops::Gelu{.by_tanh = options->approximate()});
}

}  // namespace tmc::frontend::tflite
