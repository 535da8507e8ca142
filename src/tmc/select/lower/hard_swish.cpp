// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/functions.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/kernels/contract/hard_swish_s16.hpp"
#include "tmc/select/lower_function.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {

namespace {

Status emit_int16(Lowering& lowering) {
  TMC_ASSIGN(const Affine input, symmetric_affine_of(lowering.input(0)));
  TMC_ASSIGN(const Affine output, symmetric_affine_of(lowering.output()));
  const auto scale = static_cast<double>(input.scale);
  if (scale < 3.0 / (1 << 30)) {
    return error(Error::kUnsupportedType, "'{}' has the scale {}, in which 3 is too large for 32 bits",
                 lowering.input(0).name, input.scale)
        .with_hint("requantise it to a larger scale");
  }
  // From a scale of 6 on, what is not zero is beyond 3 on either side.
  const FixedMultiplier share = quantize_multiplier(std::min(scale, 6.0) * 32768 / 6);
  const FixedMultiplier fixed = quantize_multiplier(scale / static_cast<double>(output.scale) / 32768);
  const kernels::HardSwishS16::Params params{.elements = static_cast<int32_t>(lowering.output().type.shape.elements()),
                                             .three = static_cast<int32_t>(std::lround(3 / scale)),
                                             .six = static_cast<int32_t>(std::ceil(6 / scale)) + 1,
                                             .share_multiplier = share.multiplier,
                                             .share_shift = share.shift,
                                             .multiplier = fixed.multiplier,
                                             .shift = fixed.shift};
  return lowering.emit<kernels::HardSwishS16>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace

Status lower_hard_swish(Lowering& lowering) {
  if (!is_quantized(lowering)) return lower_function<function::HardSwish>(lowering);
  if (is_int16(lowering.input(0))) return emit_int16(lowering);
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0)));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output()));
  TMC_ASSIGN(const Table table, hard_swish_table(input, output));
  return emit_table(lowering, table);
}

}  // namespace tmc::select
