// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/sound_logs.hpp"

#include "tmc/kernels/contract/sound_features.hpp"
#include "tmc/select/numerics/signal.hpp"
#include "tmc/select/numerics/sound.hpp"

namespace tmc::select {

Status lower_sound_logs(Lowering& lowering) {
  using Op = ops::SoundLogs;
  constexpr int32_t kPointBits = 31;  // behind the units of a band
  const auto& op = lowering.node().op.get<Op>();
  TMC_TRY(check_constants(lowering));
  const auto weights = lowering.input(Op::kWeights).data->to_vector<int16_t>();
  const auto rows = lowering.input(Op::kRows).data->to_vector<int32_t>();
  for (size_t k = 0; k < rows.size(); k += 2) {
    if (rows[k] < 0 || rows[k] > 62) return error(Error::kMalformed, "it shifts by {} bits", rows[k]);
  }
  const std::vector<uint16_t> table = log_table();
  const auto floor = static_cast<uint64_t>(std::ldexp(op.floor, op.normalize ? kPointBits : kPointBits + op.unit_bits));
  const kernels::SoundLogs::Params params{.input_elements = elements_of(lowering.input(0)),
                                          .output_elements = elements_of(lowering.output()),
                                          .weights = static_cast<int32_t>(weights.size()),
                                          .rows = static_cast<int32_t>(rows.size()),
                                          .table = static_cast<int32_t>(table.size()),
                                          .frames = static_cast<int32_t>(lowering.output().type.shape[0]),
                                          .taps = static_cast<int32_t>(lowering.input(Op::kWeights).type.shape[1]),
                                          .normalize = op.normalize ? 1 : 0,
                                          .silent = op.silent,
                                          .reference = (kPointBits + op.unit_bits) << 16,
                                          .floor_low = static_cast<int32_t>(floor),
                                          .floor_high = static_cast<int32_t>(floor >> 32)};
  return lowering.emit<kernels::SoundLogs>(
      params,
      {kernels::make_blob(DType::kI16, weights), kernels::make_blob(DType::kI32, rows),
       kernels::make_blob(DType::kU16, table, /*is_table=*/true)},
      {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
