// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The operator of the graph that is a function of every element (function/function.hpp).

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "tmc/function/function.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

template <typename F>
struct FunctionOp {
  using Function = F;
  static constexpr const char* kName = F::kName;
  static constexpr const char* kDoc = F::kDoc;
  static constexpr int32_t kElementwiseOperands = 1;
  static constexpr size_t kAttributes = function::attribute_count<F>();

  std::array<double, kAttributes> attributes = defaults();

  // Attribute number I, with the members of ops::Field.
  template <size_t I>
  struct AttributeField {
    const char* name = F::kAttributes[I].name;
    const double& of(const FunctionOp& op) const { return op.attributes[I]; }
    double& of(FunctionOp& op) const { return op.attributes[I]; }
  };
  static constexpr auto fields() {
    return []<size_t... I>(std::index_sequence<I...>) {
      return std::tuple<AttributeField<I>...>{};
    }
    (std::make_index_sequence<kAttributes>());
  }

  static Inferred infer(const FunctionOp&, const InferInputs& in) { return same_as_first(in); }

 private:
  static constexpr std::array<double, kAttributes> defaults() {
    std::array<double, kAttributes> values{};
    for (size_t i = 0; i < kAttributes; ++i) values[i] = F::kAttributes[i].otherwise;
    return values;
  }
};

// The function of a real, exactly.
template <typename F>
double evaluate(double x, const std::array<double, function::attribute_count<F>()>& attributes) {
  double values[function::kMostAttributes] = {};
  std::ranges::copy(attributes, values);
  return function::evaluate<F>(x, values);
}

}  // namespace tmc::ops
