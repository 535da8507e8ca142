// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Importers that several operators share.

#include "tmc/frontend/onnx/constant_math.hpp"
#include "tmc/frontend/onnx/import_context.hpp"
#include "tmc/function/reduction/reduce_sum.hpp"
#include "tmc/ops/function_op.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend::onnx_format {

// One operand; what the operator needs to know is in `op` already.
Status import_unary(ImportContext& context, ops::AnyOp op);
// The same; computed here, as `function` says, where the operand is constant.
Status import_unary(ImportContext& context, ops::AnyOp op, const UnaryFunction& function);
// Two operands that broadcast; computed here where both are constant.
Status import_binary(ImportContext& context, ops::AnyOp op, const BinaryFunction& function);
// The second operand of two as it broadcasts today: before opset 7 its axes were those of the first from an attribute
// `axis` on.
Result<ir::ValueId> second_operand(ImportContext& context);
// The first input as another dtype. Half precision is float32 here, so that a cast to or from it says nothing; a
// constant stays half where it is until the graph reads it.
Status import_cast(ImportContext& context, DType to);
// The same to an element type of the file that is narrower than ours.
Status import_narrow_cast(ImportContext& context, const NarrowType& to);
// Ends the node at hand with a value as such elements: float32 is rounded, and saturates as the node says; integers
// keep their lowest bits.
Status finish_narrow(ImportContext& context, ir::ValueId value, const NarrowType& to);
// A value in that dtype: itself where it has it, else cast, named after the output with `suffix`.
Result<ir::ValueId> as_dtype(ImportContext& context, const std::string& suffix, ir::ValueId value, DType dtype);
// Constants f32 and i64 of that shape, named after the node's output with `suffix` and taken from the budget;
// kMalformed where there are not as many values.
Result<ir::ValueId> append_reals(ImportContext& context, const std::string& suffix, const Shape& shape,
                                 const std::vector<float>& values);
Result<ir::ValueId> append_integers(ImportContext& context, const std::string& suffix, const Shape& shape,
                                    const std::vector<int64_t>& values);
// A constant of kI64 or kI32 that counts its elements from 0 on, named after the output with `suffix`. Taken from the
// budget.
Result<ir::ValueId> append_counted(ImportContext& context, const std::string& suffix, const ops::TensorType& type);
// The scalar 0 of that dtype, named after the output with "_zero".
ir::ValueId append_zero(ImportContext& context, DType dtype);
// The axis of Softmax and its kin; before opset 13 all axes from it on are one.
struct SoftmaxAxis {
  int axis;
  bool coerces;
};
Result<SoftmaxAxis> softmax_axis(ImportContext& context, const Shape& shape);
// A reduction of the first input along axes that input 1 says at run time.
Status import_reduction_along(ImportContext& context, bool keep_dims,
                              const std::function<ops::AnyOp(const std::vector<int64_t>&)>& op);
// A reduction of an input of that shape, which has no elements: `value` everywhere. kUnsupportedType where it is not of
// float32.
Status finish_reduction_of_nothing(ImportContext& context, const Shape& shape, bool keep_dims,
                                   int64_t axes_are_input_since, float value);
// A sum of the first input; one of many elements along several axes is taken in two steps, in which less is lost to
// rounding.
Status import_sum_of_many(ImportContext& context, ops::ReductionOp<function::ReduceSum> op);
// 1 / divisor, in the steps of the graph.
Status import_inverse_of(ImportContext& context, ir::ValueId divisor);
// One or more operands that broadcast, joined from the left.
Status import_variadic(ImportContext& context, const ops::AnyOp& op);
// The first input under another shape, which holds as many elements.
Status import_reshape_to(ImportContext& context, std::vector<int64_t> extents);
// Elements of a constant under another shape (pick_elements).
Status import_picked(ImportContext& context, const Constant& from, const Shape& to,
                     const std::function<int64_t(int64_t)>& source);
// An output that is a value under its own shape, where something reads it.
Status finish_copy(ImportContext& context, size_t output, ir::ValueId value);
// The first input as it is; refuses where the node has a second output.
Status import_pass_through(ImportContext& context);
// The same of a node whose other outputs are there already.
Status import_first_through(ImportContext& context);

}  // namespace tmc::frontend::onnx_format
