// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/rnn.hpp"

#include "tmc/kernels/contract/recurrent_f32.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/recurrent.hpp"

namespace tmc::select {

Status lower_rnn(Lowering& lowering) {
  TMC_TRY(require_dtype(lowering.input(0), DType::kF32));
  const auto& op = lowering.node().op.get<ops::Rnn>();
  Recurrence recurrence(lowering, ops::Rnn::kForm);
  TMC_ASSIGN(const auto params,
             gate_params<kernels::GateF32::Params>(recurrence, 1, 1, op.clip, ops::Rnn::kForm, op.functions));
  TMC_ASSIGN(const Ref state, recurrence.add_states(0, 1));
  return recurrence.emit_loop(op.reverse, op.sequence, state, [&]() -> Status {
    TMC_ASSIGN(const Ref a, recurrence.emit_sums(".gates", recurrence.input(), 1, {0, 1}, 3));
    TMC_ASSIGN(const Ref b, recurrence.emit_sums(".recurrent", state, 2, {0, 1}, Recurrence::kNoBias));
    return lowering.emit<kernels::GateF32>(params, {}, {a, b, state}, {state});
  });
}

}  // namespace tmc::select
