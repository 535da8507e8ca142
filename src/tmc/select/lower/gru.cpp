// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/gru.hpp"

#include "tmc/kernels/contract/recurrent_f32.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/recurrent.hpp"

namespace tmc::select {
Status lower_gru(Lowering& lowering) {
  constexpr size_t kInputWeights = 1, kRecurrentWeights = 2, kInputBias = 3, kRecurrentBias = 4;
  constexpr Recurrence::Gates kGates{0, 2}, kCandidate{2, 1};  // z and r; h
  TMC_TRY(require_dtype(lowering.input(0), DType::kF32));
  const auto& op = lowering.node().op.get<ops::Gru>();
  const auto& form = ops::Gru::kForm;
  Recurrence recurrence(lowering, form);
  TMC_ASSIGN(auto params, gate_params<kernels::GruCellF32::Params>(recurrence, 2, 1, op.clip, form, op.functions));
  params.reset_after = op.linear_before_reset ? 1 : 0;
  TMC_ASSIGN(auto reset, gate_params<kernels::GateF32::Params>(recurrence, 2, 1, op.clip, form, op.functions));
  reset.gate = 1;
  reset.times_state = 1;
  TMC_ASSIGN(const Ref state, recurrence.add_states(0, 1));
  return recurrence.emit_loop(op.reverse, op.sequence, state, [&]() -> Status {
    const Ref& x = recurrence.input();
    TMC_ASSIGN(const Ref a, recurrence.emit_sums(".gates", x, kInputWeights, kGates, kInputBias));
    TMC_ASSIGN(const Ref b, recurrence.emit_sums(".recurrent", state, kRecurrentWeights, kGates, kRecurrentBias));
    // What the weights of the candidate see: the state, or the state times r.
    Ref seen = state;
    if (!op.linear_before_reset) {
      seen =
          lowering.add_temporary(".reset", int64_t{params.rows} * params.hidden * int64_t{sizeof(float)}, DType::kF32);
      TMC_TRY(lowering.emit<kernels::GateF32>(reset, {}, {a, b, state}, {seen}));
    }
    TMC_ASSIGN(const Ref candidate_a, recurrence.emit_sums(".candidate", x, kInputWeights, kCandidate, kInputBias));
    TMC_ASSIGN(const Ref candidate_b,
               recurrence.emit_sums(".recurrent_candidate", seen, kRecurrentWeights, kCandidate, kRecurrentBias));
    return lowering.emit<kernels::GruCellF32>(params, {}, {a, b, candidate_a, candidate_b, state}, {state});
  });
}

}  // namespace tmc::select
