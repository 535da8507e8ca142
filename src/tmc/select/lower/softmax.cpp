// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/softmax.hpp"

#include <cmath>

#include "tmc/kernels/contract/softmax_f32.hpp"
#include "tmc/kernels/contract/softmax_s8.hpp"
#include "tmc/select/numerics/requantize.hpp"
#include "tmc/select/numerics/softmax_exponentials.hpp"

namespace tmc::select {
namespace {

Status emit_f32(Lowering& lowering, const kernels::SoftmaxF32::Params& params) {
  return lowering.emit<kernels::SoftmaxF32>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

Status emit_s8(Lowering& lowering, kernels::SoftmaxS8::Params params, double beta) {
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0)));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output()));
  TMC_ASSIGN(const std::vector<int32_t> exponentials, softmax_exponentials(beta, input.scale));
  params.exponentials = static_cast<int32_t>(exponentials.size());
  TMC_TRY(lowering.emit<kernels::SoftmaxS8>(params, {kernels::make_blob(DType::kI32, exponentials)},
                                            {lowering.input_ref(0)}, {lowering.output_ref()}));
  // The kernel's output quantisation; TFLite takes a scale this near to it for the same.
  constexpr Affine kShares{1.0F / 256, -128};
  const bool same = output.zero_point == kShares.zero_point && std::abs(output.scale * 256 - 1) <= 0.001F;
  return same ? Status() : requantize_output(lowering, kShares);
}

}  // namespace

Status lower_softmax(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Softmax>();
  const Shape& shape = lowering.input(0).type.shape;
  const int axis = op.axis < 0 ? op.axis + shape.rank() : op.axis;
  const auto outer = static_cast<int32_t>(shape.elements(0, axis));
  const auto depth = static_cast<int32_t>(shape[axis]);
  const auto inner = static_cast<int32_t>(shape.elements(axis + 1, shape.rank()));
  if (lowering.input(0).type.dtype == DType::kF32) {
    return emit_f32(lowering, {outer, depth, inner, static_cast<float>(op.beta)});
  }
  return emit_s8(lowering, {outer, depth, inner, 0}, op.beta);
}

}  // namespace tmc::select
