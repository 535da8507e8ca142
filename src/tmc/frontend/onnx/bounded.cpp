// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/bounded.hpp"

#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/top_k.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {

using ir::ValueId;

Result<Room> room_of(ImportContext& context, size_t operand, const char* what, int axis, size_t output) {
  const std::string& name = context.output_name(output);
  if (const auto bound = context.bound_of(name)) {
    context.warn(fmt::format("'{}' has {} places; its count says how many are filled", name, *bound));
    return Room{*bound, true};
  }
  if (context.declared_shape(output) == nullptr) {
    return error(Error::kUnsupportedShape, "how many elements '{}' has depends on its {} ('{}'), which a run knows",
                 name, what, context.input_name(operand))
        .with_hint(fmt::format("say how many there are at most: --bound {}=N", name));
  }
  TMC_ASSIGN(const Shape declared, declared_shape(context, operand, what, output));
  if (axis < declared.rank()) return Room{declared[axis], false};
  return error(Error::kMalformed, "the declared shape of '{}' has another rank", name);
}

Result<ValueId> first_places(ImportContext& context, const std::string& suffix, ValueId count, int64_t places) {
  TMC_ASSIGN(const ValueId numbers, append_numbers(context, suffix + "_numbers", places, 0, 1));
  return context.append(suffix, ops::Less{}, {numbers, count});
}

Result<ValueId> filled_behind(ImportContext& context, const std::string& suffix, ValueId value, int axis,
                              ValueId counts, int64_t otherwise) {
  const ops::TensorType type = context.type(value);
  Shape column;
  for (int i = axis; i < type.shape.rank(); ++i) column.push_back(i == axis ? type.shape[axis] : 1);
  TMC_ASSIGN(const ValueId is_filled, reshaped(context, suffix + "_is_filled", counts, column));
  ValueId filler = ValueId::kNone;
  if (otherwise == 0) {
    filler = context.graph().add_constant(context.first_output_name() + suffix + "_filler", {type.dtype, {}},
                                          ir::TensorData(std::vector<std::byte>(dtype_bytes(type.dtype))));
  } else {
    TMC_ASSIGN(filler, append_integers(context, suffix + "_filler_i64", Shape(), {otherwise}));
    TMC_ASSIGN(filler, as_dtype(context, suffix + "_filler", filler, type.dtype));
  }
  return context.append(suffix, ops::Where{}, {is_filled, value, filler});
}

Result<ValueId> count_of(ImportContext& context, const std::string& suffix, ValueId truths) {
  TMC_ASSIGN(const ValueId numbers, context.append(suffix + "_ones", ops::Cast{DType::kI64}, {truths}));
  ops::ReduceSum sum;
  for (int64_t axis = 0; axis < context.type(truths).shape.rank(); ++axis) sum.axes.push_back(axis);
  sum.keep_dims = false;
  return context.append(suffix, std::move(sum), {numbers});
}

Result<ValueId> places_of(ImportContext& context, const std::string& suffix, ValueId truths, int64_t places) {
  TMC_ASSIGN(const ValueId numbers, context.append(suffix + "_numbers", ops::Cast{DType::kI32}, {truths}));
  return context.append(suffix, ops::TopK{0, places, true}, {numbers});
}

}  // namespace tmc::frontend::onnx_format
