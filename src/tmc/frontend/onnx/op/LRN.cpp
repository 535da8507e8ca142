// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/local_response.hpp"
#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

Status import_LRN(ImportContext& context) {
  const Attributes attributes = context.attributes();
  TMC_ASSIGN(const int64_t size, attributes.integer("size", 0));
  TMC_ASSIGN(const double alpha, attributes.real("alpha", 1e-4));
  TMC_ASSIGN(const double beta, attributes.real("beta", 0.75));
  TMC_ASSIGN(const double bias, attributes.real("bias", 1));
  TMC_ASSIGN(const ir::ValueId x, context.input(0));
  if (context.type(x).shape.rank() < 2) {
    return error(Error::kUnsupportedShape, "its input has rank {}", context.type(x).shape.rank());
  }
  if (size < 1) return error(Error::kMalformed, "its size is {}", size).with_hint("export the model again");
  return finish_local_response(context, x,
                               {.axis = 1,
                                .before = (size - 1) / 2,
                                .after = size / 2,
                                .weight = alpha / static_cast<double>(size),
                                .bias = bias,
                                .beta = beta});
}

}  // namespace tmc::frontend::onnx_format
