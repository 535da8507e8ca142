// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/structured.hpp"

#include <cmath>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {

namespace {

using ir::ValueId;

// Which reals are to be replaced: those that are no number, or those that are this one.
Result<ValueId> missing_reals(ImportContext& context, ValueId input) {
  TMC_ASSIGN(const double replaced, context.attributes().real("replaced_value_float", 0));
  if (std::isnan(replaced)) return context.append("_missing", ops::IsNan{}, {input});
  const ValueId value = context.append_scalar("_replaced", static_cast<float>(replaced));
  return context.append("_missing", ops::Equal{}, {input, value});
}

Result<ValueId> missing_integers(ImportContext& context, ValueId input) {
  TMC_ASSIGN(const int64_t replaced, context.attributes().integer("replaced_value_int64", 0));
  TMC_ASSIGN(const ValueId value, append_integers(context, "_replaced", Shape::of(1), {replaced}));
  return context.append("_missing", ops::Equal{}, {input, value});
}

}  // namespace

// Puts a number in the place of missing ones, one for every feature or one for each.
Status import_ml_imputer(ImportContext& context) {
  TMC_ASSIGN(const ValueId input, context.input(0));
  const DType dtype = context.type(input).dtype;
  if (dtype == DType::kF32) {
    TMC_ASSIGN(const std::vector<float> imputed, context.attributes().reals("imputed_value_floats"));
    TMC_ASSIGN(const ValueId missing, missing_reals(context, input));
    TMC_ASSIGN(const ValueId value, append_reals(context, "_imputed", Shape::of(std::ssize(imputed)), imputed));
    return context.finish(ops::Where{}, {missing, value, input});
  }
  if (dtype != DType::kI64) {
    return error(Error::kUnsupportedType, "its input is {}", dtype_name(dtype))
        .with_hint("impute float32 or int64 features");
  }
  TMC_ASSIGN(const std::vector<int64_t> imputed, context.attributes().integers("imputed_value_int64s"));
  TMC_ASSIGN(const ValueId missing, missing_integers(context, input));
  TMC_ASSIGN(const ValueId value, append_integers(context, "_imputed", Shape::of(std::ssize(imputed)), imputed));
  return context.finish(ops::Where{}, {missing, value, input});
}

}  // namespace tmc::frontend::onnx_format
