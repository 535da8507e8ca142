// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::tflite {

// Along the last axis.
Status import_log_softmax(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  if (!dtype_is_float(context.type(input).dtype)) {
    return error(Error::kUnsupportedType, "it is covered in float, not in {}", dtype_name(context.type(input).dtype));
  }
  TMC_ASSIGN(const ir::ValueId largest, context.append("_largest", ops::ReduceMax{{-1}, true}, {input}));
  TMC_ASSIGN(const ir::ValueId rest, context.append("_rest", ops::Sub{}, {input, largest}));
  TMC_ASSIGN(const ir::ValueId sum, context.append("_log_sum", ops::ReduceLogSumExp{{-1}, true}, {rest}));
  return context.finish(ops::Sub{}, {rest, sum});
}

}  // namespace tmc::frontend::tflite
