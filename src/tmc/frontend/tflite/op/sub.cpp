// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/sub.hpp"
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

Status import_sub(ImportContext& context) {
  return import_sum<ops::Sub, schema::SubOptions>(context);
}

}  // namespace tmc::frontend::tflite
