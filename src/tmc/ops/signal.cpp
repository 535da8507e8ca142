// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/signal.hpp"

namespace tmc::ops {

Status check_operand_dtype(const InferInputs& in, size_t operand, DType dtype) {
  if (in[operand].dtype == dtype) return {};
  return error(Error::kUnsupportedType, "input {} is {}, it has to be {}", operand, dtype_name(in[operand].dtype),
               dtype_name(dtype))
      .with_hint("the operator is defined for plain integers of this type alone: export the model with it");
}

Status check_vector(const InferInputs& in, size_t operand, DType dtype) {
  TMC_TRY(check_operand_dtype(in, operand, dtype));
  return check_rank(in[operand], 1, "an operand");
}

Status check_attribute(const char* name, int64_t value, int64_t low, int64_t high) {
  if (value >= low && value <= high) return {};
  return error(Error::kMalformed, "{} is {}, not from {} to {}", name, value, low, high);
}

Status check_channels(const InferInputs& in) {
  TMC_TRY(check_vector(in, 0, DType::kU32));
  TMC_TRY(check_vector(in, 1, DType::kU32));
  if (in[0].shape == in[1].shape) return {};
  return error(Error::kUnsupportedShape, "{} channels, and noise of {}", in[0].shape[0], in[1].shape[0]);
}

Inferred infer_channels(const InferInputs& in, int32_t smoothing_bits, int32_t coefficient_bits) {
  TMC_TRY(check_inputs(in, 2, 2));
  TMC_TRY(check_channels(in));
  TMC_TRY(check_attribute("smoothing_bits", smoothing_bits, 0, 31));
  TMC_TRY(check_attribute("coefficient_bits", coefficient_bits, 0, 63));
  return std::vector<TensorType>{in[0]};
}

Status check_scale_bits(const InferInputs& in, size_t operand) {
  TMC_TRY(check_operand_dtype(in, operand, DType::kI32));
  if (in[operand].shape.elements() == 1) return {};
  return error(Error::kUnsupportedShape, "its scale has {} elements, not one", in[operand].shape.elements());
}

}  // namespace tmc::ops
