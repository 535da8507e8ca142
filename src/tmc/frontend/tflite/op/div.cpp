// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::tflite {

Status import_div(ImportContext& context) {
  return import_binary<ops::Div, schema::DivOptions>(context);
}

}  // namespace tmc::frontend::tflite
