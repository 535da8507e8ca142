// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/op/sigmoid.hpp"

namespace tmc::frontend::tflite {

Status import_logistic(ImportContext& context) {
  return import_unary(context, ops::Sigmoid{});
}

}  // namespace tmc::frontend::tflite
