// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/clip.hpp"

namespace tmc::frontend::tflite {

// max(x, 0) + slope * min(x, 0): one of the addends is 0, so the sum is exact.
Status import_prelu(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const ir::ValueId slope, context.input(1));
  if (!dtype_is_float(context.type(input).dtype)) {
    return error(Error::kUnsupportedType, "it is supported in float, not in {}", dtype_name(context.type(input).dtype));
  }
  const ops::Clip below{.min = -static_cast<double>(std::numeric_limits<float>::max()), .max = 0};
  TMC_ASSIGN(const ir::ValueId positive, context.append("_positive", ops::Relu{}, {input}));
  TMC_ASSIGN(ir::ValueId negative, context.append("_negative", below, {input}));
  TMC_ASSIGN(negative, context.append("_scaled", ops::Mul{}, {negative, slope}));
  return context.finish(ops::Add{}, {positive, negative});
}

}  // namespace tmc::frontend::tflite
