// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/function/lowered/gelu.hpp"

#include "tmc/function/lowered/gelu_by_tanh.hpp"
#include "tmc/ops/op/gelu.hpp"
#include "tmc/select/lower_function.hpp"

namespace tmc::select {
namespace {

template <typename Function>
Status lower(Lowering& lowering) {
  if (is_float(lowering)) return emit_map<Function>(lowering);
  return emit_real_table(lowering, [](double x) { return Function::apply(x); });
}

}  // namespace

Status lower_gelu(Lowering& lowering) {
  const bool by_tanh = lowering.node().op.get<ops::Gelu>().by_tanh;
  return by_tanh ? lower<function::GeluByTanh>(lowering) : lower<function::Gelu>(lowering);
}

}  // namespace tmc::select
