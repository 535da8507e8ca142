// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/functions.hpp"

#include <cmath>

#include "tmc/kernels/contract/leaky_relu_s16.hpp"
#include "tmc/select/lower_function.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {

namespace {

Status emit_int16(Lowering& lowering, double alpha) {
  TMC_ASSIGN(const Affine input, symmetric_affine_of(lowering.input(0)));
  TMC_ASSIGN(const Affine output, symmetric_affine_of(lowering.output()));
  const FixedMultiplier identity = rescale_in_float(input, output, lowering.requantization());
  // TFLite multiplies and divides in float.
  const float slope = input.scale * static_cast<float>(alpha) / output.scale;
  const FixedMultiplier negative = fixed_multiplier(std::fabs(static_cast<double>(slope)), lowering.requantization());
  const kernels::LeakyReluS16::Params params{
      .elements = static_cast<int32_t>(lowering.output().type.shape.elements()),
      .multiplier = identity.multiplier,
      .shift = identity.shift,
      .negative_multiplier = slope < 0 ? -negative.multiplier : negative.multiplier,
      .negative_shift = negative.shift};
  return lowering.emit<kernels::LeakyReluS16>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace

Status lower_leaky_relu(Lowering& lowering) {
  if (!is_quantized(lowering)) return lower_function<function::LeakyRelu>(lowering);
  const double alpha = lowering.node().op.get<ops::LeakyRelu>().attributes[0];
  if (is_int16(lowering.input(0))) return emit_int16(lowering, alpha);
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0)));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output()));
  return emit_table(lowering, leaky_relu_table(input, output, lowering.requantization(), alpha));
}

}  // namespace tmc::select
