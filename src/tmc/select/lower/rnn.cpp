// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/rnn.hpp"

#include "tmc/kernels/contract/recurrent_f32.hpp"
#include "tmc/select/numerics/recurrent.hpp"

namespace tmc::select {

Status lower_rnn(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Rnn>();
  TMC_ASSIGN(Recurrence recurrence, Recurrence::create(lowering, ops::Rnn::kForm, op.functions));
  const auto params = recurrence.params<kernels::GateF32::Params>(1, 1, op.clip);
  return recurrence.emit_loop(op.reverse, op.sequence, /*all_states=*/false, [&]() -> Status {
    TMC_ASSIGN(const Ref a, recurrence.emit_sums(".gates", recurrence.input(), 1, {0, 1}, 3));
    TMC_ASSIGN(const Ref b,
               recurrence.emit_sums(".recurrent", recurrence.hidden_state(), 2, {0, 1}, Recurrence::kNoBias));
    return lowering.emit<kernels::GateF32>(params, {}, {a, b, recurrence.states()}, {recurrence.states()});
  });
}

}  // namespace tmc::select
