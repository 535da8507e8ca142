// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The lowering of a function (function/function.hpp): the kernel of this function alone for plain numbers; of quantised
// int8 a table of 256 entries where it has one operand.

#include <array>

#include "tmc/kernels/contract/family/join.hpp"
#include "tmc/kernels/contract/family/map.hpp"
#include "tmc/kernels/contract/family/reduce.hpp"
#include "tmc/ops/function_op.hpp"
#include "tmc/select/numerics/broadcast.hpp"
#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/reduction.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {

template <typename Function>
using AttributesOf = std::array<double, function::attribute_count<Function>()>;

// kUnsupportedType: the node's function is not defined for the first operand's dtype.
Status refuse_dtype(const Lowering& lowering, const std::vector<DType>& defined);
// Whether an operand or the result stands for other numbers than those that are stored.
bool is_quantized(const Lowering& lowering);
// kUnsupportedType where operands are quantised, unless the function compares only and they are all in one scale, in
// which a result of their type is as well.
Status require_one_scale(const Lowering& lowering, bool compares_only);

// Calls emit(value of the type) with the type of the first operand, for which the function is defined.
template <typename Function, typename Emit>
Status with_type(const Lowering& lowering, Emit emit) {
  std::optional<Status> done;
  std::vector<DType> defined;
  Function::Types::for_each([&]<typename T>(T zero) {
    defined.push_back(kDTypeOf<T>);
    if (lowering.input(0).type.dtype == kDTypeOf<T>) done = emit(zero);
  });
  return done ? *std::move(done) : refuse_dtype(lowering, defined);
}

// One step of the function's kernel, of input 0 and output 0, plain numbers.
template <typename Function>
Status emit_map(Lowering& lowering, const AttributesOf<Function>& attributes = {}) {
  return with_type<Function>(lowering, [&]<typename T>(T) {
    using Contract = kernels::Map<Function, T>;
    typename Contract::Params params{};
    params.elements = static_cast<int32_t>(lowering.output().type.shape.elements());
    for (size_t i = 0; i < attributes.size(); ++i) params.attributes[i] = static_cast<float>(attributes[i]);
    return lowering.emit<Contract>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
  });
}

// The same of inputs 0 and 1, which broadcast.
template <typename Function>
Status emit_join(Lowering& lowering, ops::Activation activation = ops::Activation::kNone) {
  return with_type<Function>(lowering, [&]<typename T>(T) -> Status {
    using Contract = kernels::Join<Function, T>;
    typename Contract::Params params{};
    TMC_TRY(set_broadcast_params(params, lowering.input(0).type.shape, lowering.input(1).type.shape,
                                 lowering.output().type.shape));
    set_activation_range(params, activation);
    return lowering.emit<Contract>(params, {}, {lowering.input_ref(0), lowering.input_ref(1)}, {lowering.output_ref()});
  });
}

// The same of input 0 over axes.
template <typename Function>
Status emit_reduce(Lowering& lowering, const std::vector<int64_t>& axes) {
  return with_type<Function>(lowering, [&]<typename T>(T) -> Status {
    using Contract = kernels::Reduce<Function, T>;
    typename Contract::Params params{};
    TMC_TRY(set_axes(params, lowering.input(0).type.shape, axes));
    return lowering.emit<Contract>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
  });
}

template <typename Function>
Status lower_function(Lowering& lowering) {
  using Op = ops::OpOf<Function>;
  const Op& op = lowering.node().op.get<Op>();
  if constexpr (Function::kOperands == 0) {
    TMC_TRY(require_one_scale(lowering, Function::kComparesOnly));
    return emit_reduce<Function>(lowering, op.axes);
  } else if constexpr (Function::kOperands == 1) {
    if (!is_quantized(lowering)) return emit_map<Function>(lowering, op.attributes);
    if constexpr (function::is_real_function<Function>()) {
      return emit_real_table(lowering, [&](double x) { return ops::evaluate<Function>(x, op.attributes); });
    } else {
      return require_one_scale(lowering, false);
    }
  } else {
    TMC_TRY(require_one_scale(lowering, Function::kComparesOnly));
    if constexpr (Function::kHasActivation) {
      return emit_join<Function>(lowering, op.activation);
    } else {
      return emit_join<Function>(lowering);
    }
  }
}

}  // namespace tmc::select
