// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/op/average_pool2d.hpp"

namespace tmc::frontend::tflite {

Status import_average_pool_2d(ImportContext& context) {
  return import_pool<ops::AveragePool2d>(context);
}

}  // namespace tmc::frontend::tflite
