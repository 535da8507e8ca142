// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::tflite {

Status import_mul(ImportContext& context) {
  return import_binary<ops::Mul, schema::MulOptions>(context);
}

}  // namespace tmc::frontend::tflite
