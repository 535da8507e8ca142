// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/rotary_angles.hpp"

#include "tmc/kernels/contract/rotary_angles.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_rotary_angles(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::RotaryAngles>();
  kernels::RotaryAnglesF32::Params p{};
  p.place_elements = elements_of(lowering.input(0));
  p.output_elements = elements_of(lowering.output());
  p.tokens = static_cast<int32_t>(op.tokens);
  p.steps = static_cast<int32_t>(op.steps.size());
  p.window = static_cast<int32_t>(op.window);
  p.sine = op.sine ? 1 : 0;
  std::vector<int32_t> steps;
  for (const int64_t step : op.steps) steps.push_back(static_cast<int32_t>(static_cast<uint32_t>(step)));
  return lowering.emit<kernels::RotaryAnglesF32>(p, {kernels::make_blob(DType::kI32, steps)}, {lowering.input_ref(0)},
                                                 {lowering.output_ref()});
}

}  // namespace tmc::select
