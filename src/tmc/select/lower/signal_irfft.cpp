// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/signal_irfft.hpp"

#include "tmc/kernels/contract/signal_synthesis.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_signal_irfft(Lowering& lowering) {
  const int32_t length = lowering.node().op.get<ops::SignalIrfft>().length;
  const std::vector<int16_t> twiddles = rfft_twiddles(length, /*inverse=*/true);
  const kernels::SignalIrfft::Params params{.input_elements = elements_of(lowering.input(0)),
                                            .output_elements = elements_of(lowering.output()),
                                            .length = length,
                                            .twiddles = static_cast<int32_t>(twiddles.size())};
  return lowering.emit<kernels::SignalIrfft>(params, {kernels::make_blob(DType::kI16, twiddles, /*is_table=*/true)},
                                             {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
