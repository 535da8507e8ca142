// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::tflite {

Status import_add(ImportContext& context) {
  return import_sum<ops::Add, schema::AddOptions>(context);
}

}  // namespace tmc::frontend::tflite
