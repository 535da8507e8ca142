// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/cumulate.hpp"

#include "tmc/kernels/contract/cumulate.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::select {

Status check_numbers(const ir::Value& value) {
  const DType dtype = value.type.dtype;
  if (dtype == DType::kBool || dtype == DType::kF16 || dtype == DType::kBF16) {
    return error(Error::kUnsupportedType, "'{}' is {}, which nothing is computed with", value.name, dtype_name(dtype))
        .with_hint("cast it to a type of numbers first");
  }
  return {};
}

Status check_plain_numbers(const ir::Value& value) {
  TMC_TRY(check_numbers(value));
  if (value.quantization.empty()) return {};
  return error(Error::kUnsupportedType, "'{}' is quantised", value.name).with_hint("dequantise it first");
}

Status emit_cumulate(Lowering& lowering, const Cumulation& how) {
  TMC_TRY(check_plain_numbers(lowering.input(0)));
  TMC_TRY(check_plain_numbers(lowering.output()));
  const ops::TensorType& type = lowering.input(0).type;
  TMC_ASSIGN(const int axis, ops::normalize_axis(how.axis, type.shape.rank()));
  const auto dtype = static_cast<int32_t>(type.dtype);
  const kernels::Cumulate::Params params{
      .outer = static_cast<int32_t>(type.shape.elements(0, axis)),
      .depth = static_cast<int32_t>(type.shape[axis]),
      .inner = static_cast<int32_t>(type.shape.elements(axis + 1, type.shape.rank())),
      .product = how.product ? 1 : 0,
      .exclusive = how.exclusive ? 1 : 0,
      .reverse = how.reverse ? 1 : 0,
      .input_dtype = dtype,
      .output_dtype = dtype};
  return lowering.emit<kernels::Cumulate>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
