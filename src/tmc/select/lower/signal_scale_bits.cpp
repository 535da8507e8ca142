// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/signal_scale_bits.hpp"

#include "tmc/kernels/contract/signal_spectrum.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_signal_scale_bits(Lowering& lowering) {
  const kernels::SignalScaleBits::Params params{.input_elements = elements_of(lowering.input(0)), .output_elements = 1};
  return lowering.emit<kernels::SignalScaleBits>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
