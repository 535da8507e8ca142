// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/exp.hpp"
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

Status import_exp(ImportContext& context) {
  return import_unary(context, ops::Exp{});
}

}  // namespace tmc::frontend::tflite
