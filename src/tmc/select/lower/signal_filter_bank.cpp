// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/signal_filter_bank.hpp"

#include "tmc/kernels/contract/signal_filter_bank.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_signal_filter_bank(Lowering& lowering) {
  using Op = ops::SignalFilterBank;
  for (size_t i = Op::kWeights; i < Op::kInputs; ++i) {
    if (lowering.input(i).is_constant()) continue;
    return error(Error::kUnsupportedOp, "its table '{}' is computed at run time", lowering.input(i).name)
        .with_hint("make a constant of it");
  }
  const auto table = [&](size_t input) { return lowering.input(input).data->to_vector<int16_t>(); };
  const auto weights = table(Op::kWeights);
  const auto unweights = table(Op::kUnweights);
  TMC_ASSIGN(const std::vector<int16_t> spans,
             spans_of({table(Op::kBinStarts), table(Op::kWeightStarts), table(Op::kWidths)},
                      elements_of(lowering.input(0)), std::min(std::ssize(weights), std::ssize(unweights))));
  const kernels::SignalFilterBank::Params params{.input_elements = elements_of(lowering.input(0)),
                                                 .output_elements = elements_of(lowering.output()),
                                                 .weights = static_cast<int32_t>(weights.size()),
                                                 .unweights = static_cast<int32_t>(unweights.size()),
                                                 .spans = static_cast<int32_t>(spans.size())};
  return lowering.emit<kernels::SignalFilterBank>(
      params,
      {kernels::make_blob(DType::kI16, weights), kernels::make_blob(DType::kI16, unweights),
       kernels::make_blob(DType::kI16, spans)},
      {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
