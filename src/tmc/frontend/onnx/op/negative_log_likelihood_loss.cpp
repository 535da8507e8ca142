// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/losses.hpp"

namespace tmc::frontend::onnx_format {

Status import_negative_log_likelihood_loss(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId logs, context.input(0));
  return finish_likelihood_loss(context, logs);
}

}  // namespace tmc::frontend::onnx_format
