// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"

#include "tmc/ops/op/reshape.hpp"

#include "tmc/ops/op/where.hpp"

#include <algorithm>

#include "tmc/base/host/power_of_two.hpp"
#include "tmc/ops/op/pad.hpp"

namespace tmc::frontend::tflite {

Status import_unary(ImportContext& context, ops::AnyOp op) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  return context.finish(std::move(op), {input});
}

Status check_int16_sum(ImportContext& context, bool pot_scale_int16) {
  TMC_ASSIGN(const ir::ValueId a, context.input(0));
  TMC_ASSIGN(const ir::ValueId b, context.input(1));
  TMC_ASSIGN(const FileTensor output, context.output());
  if (!pot_scale_int16 || output.type.dtype != DType::kI16) return {};
  const auto is_power_of_two = [](const Quantization& quantization) {
    return !quantization.empty() && power_of_two_exponent(quantization.scale()).has_value();
  };
  const bool by_shifts = is_power_of_two(context.quantization(a)) && is_power_of_two(context.quantization(b)) &&
                         is_power_of_two(output.quantization);
  if (!by_shifts) return {};
  return error(Error::kUnsupportedType, "it adds int16 by shifts, with pot_scale_int16 and scales of powers of two")
      .with_hint("convert the model with pot_scale_int16 = false");
}

Result<std::vector<int64_t>> read_pads(ImportContext& context) {
  TMC_ASSIGN(const std::vector<int64_t> pairs, context.constant_ints(1, "pads"));
  if (pairs.size() % 2 != 0) return error(Error::kMalformed, "it has {} pads", pairs.size());
  const size_t rank = pairs.size() / 2;
  std::vector<int64_t> pads(pairs.size());
  for (size_t axis = 0; axis < rank; ++axis) {
    pads[axis] = pairs[2 * axis];
    pads[rank + axis] = pairs[2 * axis + 1];
  }
  return pads;
}

Status import_pads(ImportContext& context, double value) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(std::vector<int64_t> pads, read_pads(context));
  return context.finish(ops::Pad{.pads = std::move(pads), .value = value}, {input});
}

Status import_choice(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId condition, context.input(0));
  TMC_ASSIGN(const ir::ValueId if_true, context.input(1));
  TMC_ASSIGN(const ir::ValueId if_false, context.input(2));
  return context.finish(ops::Where{}, {condition, if_true, if_false});
}

Status finish_integers(ImportContext& context, const std::vector<int64_t>& integers, const Shape& shape) {
  TMC_ASSIGN(const FileTensor output, context.output());
  const DType dtype = output.type.dtype;
  if (dtype != DType::kI32 && dtype != DType::kI64) {
    return error(Error::kUnsupportedType, "its output is {}, no int32 or int64", dtype_name(dtype));
  }
  const ir::ValueId constant =
      context.graph().add_constant(context.output_name() + "_known", {dtype, shape}, integer_data(dtype, integers));
  return context.finish(ops::Reshape{{shape.begin(), shape.end()}}, {constant});
}

}  // namespace tmc::frontend::tflite
