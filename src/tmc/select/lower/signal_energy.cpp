// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/signal_energy.hpp"

#include "tmc/kernels/contract/signal_spectrum.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_signal_energy(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::SignalEnergy>();
  const kernels::SignalEnergy::Params params{.input_elements = elements_of(lowering.input(0)),
                                             .output_elements = elements_of(lowering.output()),
                                             .start = op.start,
                                             .end = op.end};
  return lowering.emit<kernels::SignalEnergy>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
