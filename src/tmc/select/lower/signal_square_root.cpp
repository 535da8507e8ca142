// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/signal_square_root.hpp"

#include "tmc/kernels/contract/signal_filter_bank.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_signal_square_root(Lowering& lowering) {
  const kernels::SignalSquareRoot::Params params{.elements = elements_of(lowering.input(0)), .bits_elements = 1};
  return lowering.emit<kernels::SignalSquareRoot>(params, {}, {lowering.input_ref(0), lowering.input_ref(1)},
                                                  {lowering.output_ref()});
}

}  // namespace tmc::select
