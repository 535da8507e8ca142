// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/softmax.hpp"

#include <cmath>

#include "tmc/kernels/contract/softmax_s8.hpp"
#include "tmc/select/numerics/softmax_exponentials.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {

Status lower_softmax(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Softmax>();
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0)));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output()));
  const Shape& shape = lowering.input(0).type.shape;
  const int axis = op.axis < 0 ? op.axis + shape.rank() : op.axis;
  TMC_ASSIGN(const std::vector<int32_t> exponentials, softmax_exponentials(op.beta, input.scale));
  const kernels::SoftmaxS8::Params params{
      .outer = static_cast<int32_t>(shape.elements(0, axis)),
      .depth = static_cast<int32_t>(shape[axis]),
      .inner = static_cast<int32_t>(shape.elements(axis + 1, shape.rank())),
      .exponentials = static_cast<int32_t>(exponentials.size()),
  };
  TMC_TRY(lowering.emit<kernels::SoftmaxS8>(params, {kernels::make_blob(DType::kI32, exponentials)},
                                            {lowering.input_ref(0)}, {lowering.output_ref()}));
  // The kernel's output quantisation; TFLite takes a scale this near to it for the same.
  constexpr Affine kShares{1.0F / 256, -128};
  const bool same = output.zero_point == kShares.zero_point && std::abs(output.scale * 256 - 1) <= 0.001F;
  return same ? Status() : requantize_output(lowering, kShares);
}

}  // namespace tmc::select
