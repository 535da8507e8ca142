// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/signal_pcan.hpp"

#include "tmc/kernels/contract/signal_filter_bank.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_signal_pcan(Lowering& lowering) {
  const kernels::SignalPcan::Params params{.elements = elements_of(lowering.input(0)),
                                           .gains_elements = elements_of(lowering.input(2)),
                                           .snr_shift = lowering.node().op.get<ops::SignalPcan>().snr_shift};
  return lowering.emit<kernels::SignalPcan>(
      params, {}, {lowering.input_ref(0), lowering.input_ref(1), lowering.input_ref(2)}, {lowering.output_ref()});
}

}  // namespace tmc::select
