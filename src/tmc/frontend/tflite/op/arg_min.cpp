// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/arg.hpp"

namespace tmc::frontend::tflite {

Status import_arg_min(ImportContext& context) {
  return import_arg<ops::ArgMin>(context);
}

}  // namespace tmc::frontend::tflite
