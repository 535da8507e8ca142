// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/gelu.hpp"

#include <cmath>
#include <numbers>

#include "tmc/select/numerics/floating.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {
namespace {

double gelu(double x) {
  return x / 2 * (1 + std::erf(x / std::numbers::sqrt2));
}

double gelu_by_tanh(double x) {
  return x / 2 * (1 + std::tanh(std::sqrt(2 / std::numbers::pi) * (x + 0.044715 * x * x * x)));
}

}  // namespace

Status lower_gelu(Lowering& lowering) {
  const bool by_tanh = lowering.node().op.get<ops::Gelu>().by_tanh;
  if (is_float(lowering)) {
    return emit_unary(lowering, by_tanh ? kernels::UnaryF32::kGeluByTanh : kernels::UnaryF32::kGelu);
  }
  return emit_real_table(lowering, by_tanh ? gelu_by_tanh : gelu);
}

}  // namespace tmc::select
