// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/gru.hpp"

#include "tmc/kernels/contract/recurrent_f32.hpp"
#include "tmc/select/numerics/recurrent.hpp"

namespace tmc::select {
namespace {

constexpr size_t kInputWeights = 1, kRecurrentWeights = 2, kInputBias = 3, kRecurrentBias = 4;
constexpr Recurrence::Gates kGates{0, 2}, kCandidate{2, 1};  // z and r; h

// The state times r, which the weights of the candidate see.
Result<Ref> emit_reset(Lowering& lowering, const Recurrence& recurrence, double clip, const Ref& a, const Ref& b) {
  auto params = recurrence.params<kernels::GateF32::Params>(2, 1, clip);
  params.gate = 1;
  params.times_state = 1;
  const Ref reset = lowering.add_temporary(".reset", recurrence.hidden_state().bytes, DType::kF32);
  TMC_TRY(lowering.emit<kernels::GateF32>(params, {}, {a, b, recurrence.states()}, {reset}));
  return reset;
}

}  // namespace

Status lower_gru(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Gru>();
  TMC_ASSIGN(Recurrence recurrence, Recurrence::create(lowering, ops::Gru::kForm, op.functions));
  auto params = recurrence.params<kernels::GruCellF32::Params>(2, 1, op.clip);
  params.reset_after = op.linear_before_reset ? 1 : 0;
  return recurrence.emit_loop(op.reverse, op.sequence, /*all_states=*/false, [&]() -> Status {
    const Ref& x = recurrence.input();
    TMC_ASSIGN(const Ref a, recurrence.emit_sums(".gates", x, kInputWeights, kGates, kInputBias));
    TMC_ASSIGN(const Ref b, recurrence.emit_sums(".recurrent", recurrence.hidden_state(), kRecurrentWeights, kGates,
                                                 kRecurrentBias));
    Ref seen = recurrence.hidden_state();
    if (!op.linear_before_reset) {
      TMC_ASSIGN(seen, emit_reset(lowering, recurrence, op.clip, a, b));
    }
    TMC_ASSIGN(const Ref candidate_a, recurrence.emit_sums(".candidate", x, kInputWeights, kCandidate, kInputBias));
    TMC_ASSIGN(const Ref candidate_b,
               recurrence.emit_sums(".recurrent_candidate", seen, kRecurrentWeights, kCandidate, kRecurrentBias));
    return lowering.emit<kernels::GruCellF32>(params, {}, {a, b, candidate_a, candidate_b, recurrence.states()},
                                              {recurrence.states()});
  });
}

}  // namespace tmc::select
