// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/op/clip.hpp"

namespace tmc::frontend::tflite {

Status import_relu_0_to_1(ImportContext& context) {
  return import_unary(context, ops::Clip{.min = 0, .max = 1});
}

}  // namespace tmc::frontend::tflite
