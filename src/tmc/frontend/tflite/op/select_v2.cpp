// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

Status import_select_v2(ImportContext& context) {
  return import_choice(context);
}

}  // namespace tmc::frontend::tflite
