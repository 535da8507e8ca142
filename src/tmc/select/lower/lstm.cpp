// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/lstm.hpp"

#include "tmc/kernels/contract/recurrent_f32.hpp"
#include "tmc/select/numerics/recurrent.hpp"

namespace tmc::select {

Status lower_lstm(Lowering& lowering) {
  constexpr size_t kPeepholes = 6;
  const auto& op = lowering.node().op.get<ops::Lstm>();
  TMC_ASSIGN(Recurrence recurrence, Recurrence::create(lowering, ops::Lstm::kForm, op.functions));
  auto params = recurrence.params<kernels::LstmCellF32::Params>(4, 2, op.clip);
  params.input_forget = op.input_forget ? 1 : 0;
  params.peepholes = lowering.has_input(kPeepholes) ? 3 : 1;
  return recurrence.emit_loop(op.reverse, op.sequence, op.all_states, [&]() -> Status {
    TMC_ASSIGN(const Ref a, recurrence.emit_sums(".gates", recurrence.input(), 1, {0, 4}, 3));
    TMC_ASSIGN(const Ref b,
               recurrence.emit_sums(".recurrent", recurrence.hidden_state(), 2, {0, 4}, Recurrence::kNoBias));
    // Where there are no peepholes the kernel does not look at what stands for them.
    const Ref peepholes = lowering.has_input(kPeepholes) ? lowering.input_ref(kPeepholes) : recurrence.hidden_state();
    return lowering.emit<kernels::LstmCellF32>(params, {}, {a, b, peepholes, recurrence.states()},
                                               {recurrence.states()});
  });
}

}  // namespace tmc::select
