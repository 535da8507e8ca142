// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/signal_scale.hpp"

#include "tmc/kernels/contract/signal_spectrum.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_signal_scale(Lowering& lowering) {
  const kernels::SignalScale::Params params{.elements = elements_of(lowering.input(0)), .bits_elements = 1};
  return lowering.emit<kernels::SignalScale>(params, {}, {lowering.input_ref(0), lowering.input_ref(1)},
                                             {lowering.output_ref()});
}

}  // namespace tmc::select
