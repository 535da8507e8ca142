// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/non_max_suppression.hpp"

namespace tmc::frontend::tflite {

Status import_non_max_suppression_v4(ImportContext& context) {
  return import_non_max_suppression(context, /*is_soft=*/false);
}

}  // namespace tmc::frontend::tflite
