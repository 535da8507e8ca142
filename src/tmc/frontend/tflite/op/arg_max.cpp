// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/arg.hpp"

namespace tmc::frontend::tflite {

Status import_arg_max(ImportContext& context) {
  return import_arg<ops::ArgMax>(context);
}

}  // namespace tmc::frontend::tflite
