// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The lowering of a function (function/function.hpp): the kernel of this function alone in float, a table in int8.

#include <array>

#include "tmc/kernels/contract/family/map_f32.hpp"
#include "tmc/ops/function_op.hpp"
#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {

template <typename Function>
using AttributesOf = std::array<double, function::attribute_count<Function>()>;

// One step of the function's kernel, of input 0 and output 0 in float.
template <typename Function>
Status emit_map(Lowering& lowering, const AttributesOf<Function>& attributes = {}) {
  typename kernels::MapF32<Function>::Params params{};
  params.elements = static_cast<int32_t>(lowering.output().type.shape.elements());
  for (size_t i = 0; i < attributes.size(); ++i) params.attributes[i] = static_cast<float>(attributes[i]);
  return lowering.emit<kernels::MapF32<Function>>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

template <typename Function>
Status lower_function(Lowering& lowering) {
  using Op = ops::FunctionOp<Function>;
  const AttributesOf<Function>& attributes = lowering.node().op.get<Op>().attributes;
  if (is_float(lowering)) return emit_map<Function>(lowering, attributes);
  return emit_real_table(lowering, [&](double x) { return ops::evaluate<Function>(x, attributes); });
}

}  // namespace tmc::select
