// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/signal_window.hpp"

#include "tmc/kernels/contract/signal_spectrum.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_signal_window(Lowering& lowering) {
  const kernels::SignalWindow::Params params{.elements = elements_of(lowering.input(0)),
                                             .window_elements = elements_of(lowering.input(1)),
                                             .shift = lowering.node().op.get<ops::SignalWindow>().shift};
  return lowering.emit<kernels::SignalWindow>(params, {}, {lowering.input_ref(0), lowering.input_ref(1)},
                                              {lowering.output_ref()});
}

}  // namespace tmc::select
