// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/four_bit.hpp"

#include "tmc/kernels/host/four_bit_groups.hpp"

namespace tmc::select {

Result<bool> emit_four_bit(Lowering& lowering, const kernels::Conv2dS8::Params& params,
                           const std::vector<kernels::Blob>& constants) {
  if (params.groups != 1) return false;
  const kernels::ConstantView weights{constants[0].dtype, constants[0].bytes};
  const int32_t inputs = params.kernel_h * params.kernel_w * params.input_c;
  const auto group_inputs = kernels::find_group_inputs(weights.to_vector<int8_t>(), static_cast<size_t>(inputs));
  if (!group_inputs) return false;
  TMC_TRY(lowering.emit<kernels::Conv2dS4>(kernels::Conv2dS4::in_groups(params, static_cast<int32_t>(*group_inputs)),
                                           constants, {lowering.input_ref(0)}, {lowering.output_ref()}));
  return true;
}

}  // namespace tmc::select
