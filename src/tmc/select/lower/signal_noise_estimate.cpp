// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/signal_noise_estimate.hpp"

#include "tmc/kernels/contract/signal_filter_bank.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_signal_noise_estimate(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::SignalNoiseEstimate>();
  const kernels::SignalNoiseEstimate::Params params{.elements = elements_of(lowering.input(0)),
                                                    .smoothing = {op.smoothing, op.odd_smoothing},
                                                    .keeping = {op.kept, op.odd_kept},
                                                    .smoothing_bits = op.smoothing_bits,
                                                    .coefficient_bits = op.coefficient_bits,
                                                    .clamping = op.clamping ? 1 : 0};
  return lowering.emit<kernels::SignalNoiseEstimate>(params, {}, {lowering.input_ref(0), lowering.input_ref(1)},
                                                     {lowering.output_ref()});
}

}  // namespace tmc::select
