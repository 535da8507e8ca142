// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/normalization.hpp"

#include "tmc/kernels/contract/norm.hpp"
#include "tmc/ops/normalization.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/integer_normalization.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {
namespace {

constexpr size_t kScale = 1, kBias = 2;

// What the kernel does not look at is the first element of x.
Ref operand_of_row(const Lowering& lowering, size_t index) {
  return lowering.has_input(index) ? lowering.input_ref(index) : lowering.input_ref(0, 0, sizeof(float));
}

}  // namespace

Status emit_normalization(Lowering& lowering, int32_t axis, double epsilon, bool centred) {
  if (!lowering.input(0).quantization.empty()) return emit_integer_normalization(lowering, axis, epsilon, centred);
  TMC_TRY(require_dtype(lowering.input(0), DType::kF32));
  const auto [rows, depth] = ops::normalized_rows(axis, lowering.input(0).type.shape);
  const auto elements_if = [&](size_t index) {
    return lowering.has_input(index) ? elements_of(lowering.input(index)) : 1;
  };
  const kernels::NormF32::Params p{.input_elements = elements_of(lowering.input(0)),
                                   .scale_elements = elements_if(kScale),
                                   .bias_elements = elements_if(kBias),
                                   .output_elements = elements_of(lowering.output()),
                                   .rows = static_cast<int32_t>(rows),
                                   .depth = static_cast<int32_t>(depth),
                                   .centred = centred ? 1 : 0,
                                   .scaled = lowering.has_input(kScale) ? 1 : 0,
                                   .biased = lowering.has_input(kBias) ? 1 : 0,
                                   .epsilon = static_cast<float>(epsilon)};
  return lowering.emit<kernels::NormF32>(
      p, {}, {lowering.input_ref(0), operand_of_row(lowering, kScale), operand_of_row(lowering, kBias)},
      {lowering.output_ref()});
}

}  // namespace tmc::select
