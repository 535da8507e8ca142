// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/quantize.hpp"
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/requantize.hpp"

namespace tmc::frontend::tflite {

Status import_quantize(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const FileTensor output, context.output());
  const DType dtype = output.type.dtype;
  if (dtype_is_float(context.type(input).dtype)) return context.finish(ops::Quantize{.dtype = dtype}, {input});
  return context.finish(ops::Requantize{.dtype = dtype}, {input});
}

}  // namespace tmc::frontend::tflite
