// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

// Drops nothing at inference. Since opset 12 an input says whether it is that.
Status import_dropout(ImportContext& context) {
  if (context.has_input(2)) {
    TMC_ASSIGN(const Constant* training, context.constant(2, "training mode"));
    if (training->data.to_vector<uint8_t>() != std::vector<uint8_t>{0}) {
      return error(Error::kUnsupportedOp, "training is not covered");
    }
  }
  return import_pass_through(context);
}

}  // namespace tmc::frontend::onnx_format
