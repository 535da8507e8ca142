// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The operator of the graph that is a function of elements (function/function.hpp): of each, or of two that broadcast.

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "tmc/function/function.hpp"
#include "tmc/ops/reduction_op.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

template <typename F>
constexpr bool has_activation() {
  if constexpr (F::kOperands == 2) return F::kHasActivation;
  return false;
}

struct WithActivation {
  Activation activation = Activation::kNone;
};
struct WithoutActivation {};

template <typename F>
struct FunctionOp : std::conditional_t<has_activation<F>(), WithActivation, WithoutActivation> {
  using Function = F;
  static constexpr const char* kName = F::kName;
  static constexpr const char* kDoc = F::kDoc;
  static constexpr int32_t kElementwiseOperands = F::kOperands;
  static constexpr size_t kAttributes = function::attribute_count<F>();

  std::array<double, kAttributes> attributes = defaults();

  // Attribute number I, with the members of ops::Field.
  template <size_t I>
  struct AttributeField {
    const char* name = F::kAttributes[I].name;
    const double& of(const FunctionOp& op) const { return op.attributes[I]; }
    double& of(FunctionOp& op) const { return op.attributes[I]; }
  };
  struct ActivationField {
    const char* name = "activation";
    const Activation& of(const FunctionOp& op) const { return op.activation; }
    Activation& of(FunctionOp& op) const { return op.activation; }
  };
  static constexpr auto fields() {
    if constexpr (has_activation<F>()) {
      return std::tuple{ActivationField{}};
    } else {
      return []<size_t... I>(std::index_sequence<I...>) {
        return std::tuple<AttributeField<I>...>{};
      }
      (std::make_index_sequence<kAttributes>());
    }
  }

  static Inferred infer(const FunctionOp&, const InferInputs& in) {
    TMC_ASSIGN(std::vector<TensorType> types, kElementwiseOperands == 1 ? same_as_first(in) : broadcast_binary(in));
    using First = typename F::Types::First;
    if constexpr (std::is_same_v<function::Result<F, First>, bool>) types.front().dtype = DType::kBool;
    return types;
  }

 private:
  static constexpr std::array<double, kAttributes> defaults() {
    std::array<double, kAttributes> values{};
    for (size_t i = 0; i < kAttributes; ++i) values[i] = F::kAttributes[i].otherwise;
    return values;
  }
};

template <typename F, int32_t kOperands = F::kOperands>
struct OpOfFunction {
  using Type = FunctionOp<F>;
};
template <typename F>
struct OpOfFunction<F, 0> {
  using Type = ReductionOp<F>;
};
// The operator that a function of any kind is.
template <typename F>
using OpOf = typename OpOfFunction<F>::Type;

// The function of a real, exactly.
template <typename F>
double evaluate(double x, const std::array<double, function::attribute_count<F>()>& attributes) {
  double values[function::kMostAttributes] = {};
  std::ranges::copy(attributes, values);
  return function::evaluate<F>(x, values);
}

}  // namespace tmc::ops
