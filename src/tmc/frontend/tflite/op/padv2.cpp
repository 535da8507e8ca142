// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

// The third input is the value, in the real numbers that its quantisation gives it.
Status import_padv2(ImportContext& context) {
  TMC_ASSIGN(const double value, context.constant_real(2, "value"));
  return import_pads(context, value);
}

}  // namespace tmc::frontend::tflite
