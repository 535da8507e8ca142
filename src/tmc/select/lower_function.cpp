// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/lower_function.hpp"

#include <algorithm>

namespace tmc::select {

Status refuse_dtype(const Lowering& lowering, const std::vector<DType>& defined) {
  std::string names;
  for (const DType dtype : defined) names += (names.empty() ? "" : ", ") + std::string(dtype_name(dtype));
  const ir::Value& operand = lowering.input(0);
  return error(Error::kUnsupportedType, "'{}' is {}, {} is defined for {}", operand.name,
               dtype_name(operand.type.dtype), lowering.node().op.name(), names)
      .with_hint("cast it to one of these");
}

bool is_quantized(const Lowering& lowering) {
  bool quantized = !lowering.output().quantization.empty();
  for (size_t i = 0; i < lowering.node().inputs.size(); ++i) {
    quantized = quantized || (lowering.has_input(i) && !lowering.input(i).quantization.empty());
  }
  return quantized;
}

Status require_one_scale(const Lowering& lowering, bool compares_only) {
  if (!is_quantized(lowering)) return {};
  const Quantization& first = lowering.input(0).quantization;
  const bool stands_for_itself = lowering.output().type.dtype != lowering.input(0).type.dtype;
  bool is_one = compares_only && !first.per_axis() && (stands_for_itself || lowering.output().quantization == first);
  for (size_t i = 1; i < lowering.node().inputs.size(); ++i) is_one = is_one && lowering.input(i).quantization == first;
  if (is_one) return {};
  return error(Error::kUnsupportedType, "'{}' is quantised, {} {}", lowering.input(0).name, lowering.node().op.name(),
               compares_only ? "takes quantised operands of one scale, which is its result's as well"
                             : "has no form for quantised operands")
      .with_hint(compares_only ? "requantise the operands to one scale" : "dequantise the operands first");
}

}  // namespace tmc::select
