// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/losses.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {

// The second output is the logarithm of softmax along the classes, which is worked out as log_softmax.txt says.
Status import_softmax_cross_entropy_loss(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const ir::ValueId largest, context.append("_largest", ops::ReduceMax{{1}, true}, {input}));
  TMC_ASSIGN(const ir::ValueId rest, context.append("_rest", ops::Sub{}, {input, largest}));
  TMC_ASSIGN(const ir::ValueId sum, context.append("_log_sum", ops::ReduceLogSumExp{{1}, true}, {rest}));
  TMC_ASSIGN(const ir::ValueId logs, context.append("_logs", ops::Sub{}, {rest, sum}));
  TMC_TRY(context.finish_output(1, ops::Sub{}, {rest, sum}));
  return finish_likelihood_loss(context, logs);
}

}  // namespace tmc::frontend::onnx_format
