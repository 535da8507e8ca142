// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/text.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/expand.hpp"
#include "tmc/ops/op/gather_elements.hpp"
#include "tmc/ops/op/where.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

using ir::ValueId;

// Each string of the first with that of the second behind it. A byte comes from [first, second, 0]: what is behind the
// first string's length from the second, and what is behind both is the 0.
Status import_string_concat(ImportContext& context) {
  TMC_ASSIGN(ValueId a, context.text(0));
  TMC_ASSIGN(ValueId b, context.text(1));
  const int64_t of_a = context.type(a).shape.back(), of_b = context.type(b).shape.back();
  TMC_ASSIGN(Shape shape, ops::broadcast(strings_shape(context, a), strings_shape(context, b)));
  const int last = shape.rank();
  const auto spread = [&](const char* suffix, ValueId text, int64_t width) -> Result<ValueId> {
    std::vector<int64_t> extents(shape.begin(), shape.end());
    extents.push_back(width);
    return context.append(suffix, ops::Expand{extents}, {text});
  };
  TMC_ASSIGN(a, spread("_a", a, of_a));
  TMC_ASSIGN(b, spread("_b", b, of_b));
  Shape column = shape;
  column.push_back(1);
  TMC_TRY(context.budget().take_computed({DType::kU8, column}));
  const ValueId zero =
      context.graph().add_constant(context.output_name() + "_zero", {DType::kU8, column},
                                   ir::TensorData(std::vector<std::byte>(static_cast<size_t>(column.elements()))));
  TMC_ASSIGN(const ValueId joined, context.append("_joined", ops::Concat{.axis = last}, {a, b, zero}));
  TMC_ASSIGN(const ValueId length, string_lengths(context, "_length", a));
  TMC_ASSIGN(const ValueId numbers, append_counted(context, "_numbers", {DType::kI32, Shape::of(of_a + of_b)}));
  const auto number = [&](const char* suffix, int64_t value) {
    return context.graph().add_constant(context.output_name() + suffix, {DType::kI32, {}},
                                        integer_data(DType::kI32, {&value, 1}));
  };
  TMC_ASSIGN(const ValueId is_first, context.append("_is_first", ops::Less{}, {numbers, length}));
  TMC_ASSIGN(const ValueId behind, context.append("_behind", ops::Sub{}, {numbers, length}));
  TMC_ASSIGN(const ValueId second, context.append("_second", ops::Add{}, {behind, number("_of_a", of_a)}));
  TMC_ASSIGN(const ValueId limited, context.append("_limited", ops::Min{}, {second, number("_end", of_a + of_b)}));
  TMC_ASSIGN(const ValueId places, context.append("_places", ops::Where{}, {is_first, numbers, limited}));
  TMC_TRY(context.finish(ops::GatherElements{last}, {joined, places}));
  context.set_text();
  return {};
}

}  // namespace tmc::frontend::onnx_format
