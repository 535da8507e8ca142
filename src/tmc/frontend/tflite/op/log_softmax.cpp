// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/log_softmax.hpp"
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

// Along the last axis.
Status import_log_softmax(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  if (!dtype_is_float(context.type(input).dtype)) {
    return error(Error::kUnsupportedType, "it is supported in float, not in {}", dtype_name(context.type(input).dtype));
  }
  return import_log_softmax_over(context, input, {-1});
}

}  // namespace tmc::frontend::tflite
