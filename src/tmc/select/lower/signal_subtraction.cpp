// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/signal_subtraction.hpp"

#include "tmc/kernels/contract/signal_filter_bank.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_signal_subtraction(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::SignalSubtraction>();
  const kernels::SignalSubtraction::Params params{.elements = elements_of(lowering.input(0)),
                                                  .remaining = op.remaining,
                                                  .smoothing_bits = op.smoothing_bits,
                                                  .coefficient_bits = op.coefficient_bits};
  return lowering.emit<kernels::SignalSubtraction>(params, {}, {lowering.input_ref(0), lowering.input_ref(1)},
                                                   {lowering.output_ref()});
}

}  // namespace tmc::select
