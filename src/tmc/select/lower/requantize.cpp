// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/requantize.hpp"

#include "tmc/kernels/contract/requantize.hpp"
#include "tmc/select/numerics/table.hpp"

namespace tmc::select {

Status lower_requantize(Lowering& lowering) {
  const DType from = lowering.input(0).type.dtype;
  const DType to = lowering.output().type.dtype;
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0), from));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output(), to));
  if (dtype_bytes(from) == 1 && dtype_bytes(to) == 1) {
    return emit_table(lowering, requantize_table(input, output, from, to));
  }
  const FixedMultiplier fixed = rescale_in_double(input, output);
  const kernels::Requantize::Params params{
      .elements = static_cast<int32_t>(lowering.output().type.shape.elements()),
      .input_dtype = static_cast<int32_t>(from),
      .output_dtype = static_cast<int32_t>(to),
      .input_zero_point = input.zero_point,
      .output_zero_point = output.zero_point,
      .multiplier = fixed.multiplier,
      .shift = fixed.shift,
  };
  return lowering.emit<kernels::Requantize>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
