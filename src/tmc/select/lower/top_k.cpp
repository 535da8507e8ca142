// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/top_k.hpp"

#include "tmc/kernels/contract/top_k.hpp"
#include "tmc/select/numerics/cumulate.hpp"

namespace tmc::select {

Status lower_top_k(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::TopK>();
  TMC_TRY(check_plain_numbers(lowering.input(0)));
  const ops::TensorType& type = lowering.input(0).type;
  TMC_ASSIGN(const int axis, ops::normalize_axis(op.axis, type.shape.rank()));
  const kernels::TopK::Params params{.outer = static_cast<int32_t>(type.shape.elements(0, axis)),
                                     .depth = static_cast<int32_t>(type.shape[axis]),
                                     .inner = static_cast<int32_t>(type.shape.elements(axis + 1, type.shape.rank())),
                                     .chosen = static_cast<int32_t>(op.k),
                                     .largest = op.largest ? 1 : 0,
                                     .input_dtype = static_cast<int32_t>(type.dtype)};
  return lowering.emit<kernels::TopK>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
