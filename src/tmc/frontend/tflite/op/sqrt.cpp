// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/sqrt.hpp"
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

Status import_sqrt(ImportContext& context) {
  return import_unary(context, ops::Sqrt{});
}

}  // namespace tmc::frontend::tflite
