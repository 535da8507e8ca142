// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/signal_log.hpp"

#include "tmc/kernels/contract/signal_filter_bank.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {

Status lower_signal_log(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::SignalLog>();
  const std::vector<uint16_t> table = log_table();
  const kernels::SignalLog::Params params{.elements = elements_of(lowering.input(0)),
                                          .output_scale = op.output_scale,
                                          .correction_bits = op.correction_bits,
                                          .table = static_cast<int32_t>(table.size())};
  return lowering.emit<kernels::SignalLog>(params, {kernels::make_blob(DType::kU16, table, /*is_table=*/true)},
                                           {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
