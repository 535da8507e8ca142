// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/gru.hpp"

#include "tmc/kernels/contract/recurrent_f32.hpp"
#include "tmc/kernels/contract/recurrent_s16.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/integer_recurrent.hpp"
#include "tmc/select/numerics/sigmoid_int16.hpp"

namespace tmc::select {
namespace {

constexpr size_t kGruWeights = 1, kGruRecurrentWeights = 2, kGruBias = 3, kGruRecurrentBias = 4, kGruState = 5;
constexpr Recurrence::Gates kUpdateAndReset{0, 2}, kCandidate{2, 1};  // z and r; h

Status emit_f32(Lowering& lowering, const ops::Gru& op) {
  const auto& form = ops::Gru::kForm;
  Recurrence recurrence(lowering, form);
  TMC_ASSIGN(auto params, gate_params<kernels::GruCellF32::Params>(recurrence, 2, 1, op.clip, form, op.functions));
  params.reset_after = op.linear_before_reset ? 1 : 0;
  TMC_ASSIGN(auto reset, gate_params<kernels::GateF32::Params>(recurrence, 2, 1, op.clip, form, op.functions));
  reset.gate = 1;
  reset.times_state = 1;
  TMC_ASSIGN(const Ref state, recurrence.add_states(0, 1));
  return recurrence.emit_loop(op.reverse, {{0, state, op.sequence}}, [&]() -> Status {
    const Ref& x = recurrence.input();
    TMC_ASSIGN(const Ref a, recurrence.emit_sums(".gates", x, kGruWeights, kUpdateAndReset, kGruBias));
    TMC_ASSIGN(const Ref b,
               recurrence.emit_sums(".recurrent", state, kGruRecurrentWeights, kUpdateAndReset, kGruRecurrentBias));
    // What the weights of the candidate see: the state, or the state times r.
    Ref seen = state;
    if (!op.linear_before_reset) {
      seen =
          lowering.add_temporary(".reset", int64_t{params.rows} * params.hidden * int64_t{sizeof(float)}, DType::kF32);
      TMC_TRY(lowering.emit<kernels::GateF32>(reset, {}, {a, b, state}, {seen}));
    }
    TMC_ASSIGN(const Ref candidate_a, recurrence.emit_sums(".candidate", x, kGruWeights, kCandidate, kGruBias));
    TMC_ASSIGN(const Ref candidate_b,
               recurrence.emit_sums(".recurrent_candidate", seen, kGruRecurrentWeights, kCandidate, kGruRecurrentBias));
    return lowering.emit<kernels::GruCellF32>(params, {}, {a, b, candidate_a, candidate_b, state}, {state});
  });
}

class IntegerGru {
 public:
  explicit IntegerGru(Lowering& lowering)
      : lowering_(lowering), op_(lowering.node().op.get<ops::Gru>()), recurrence_(lowering, ops::Gru::kForm) {}

  Status run() {
    TMC_TRY(check());
    TMC_ASSIGN(state_, add_wide_state(lowering_, recurrence_, kGruState, false));
    TMC_TRY(set_params());
    return recurrence_.emit_loop(op_.reverse, {state_.given(op_.sequence)}, [&]() -> Status {
      TMC_TRY(emit_row(lowering_, recurrence_, state_, state_.ref, state_.row));
      TMC_ASSIGN(const Ref a, of_input(".gates", kUpdateAndReset));
      TMC_ASSIGN(const Ref b, of_state(".recurrent", state_.row, kUpdateAndReset));
      TMC_ASSIGN(const Ref seen, seen_by_candidate(a, b));
      TMC_ASSIGN(const Ref candidate_a, of_input(".candidate", kCandidate));
      TMC_ASSIGN(const Ref candidate_b, of_state(".recurrent_candidate", seen, kCandidate));
      return lowering_.emit<kernels::GruStateS16>(params_, table(), {a, b, candidate_a, candidate_b, state_.ref},
                                                  {state_.ref});
    });
  }

 private:
  Status check() const {
    if (op_.functions == ops::Gru{}.functions && op_.clip == 0) return {};
    return error(Error::kUnsupportedType, "'{}' is int8, of which the kernel has the plain functions",
                 lowering_.input(0).name)
        .with_hint("keep this layer in float");
  }

  Status set_params() {
    TMC_ASSIGN(input_, affine_of(lowering_.input(0)));
    params_.rows = recurrence_.batch();
    params_.hidden = recurrence_.hidden();
    params_.gates = static_cast<int32_t>(kUpdateAndReset.count);
    params_.states = 1;
    params_.reset_after = op_.linear_before_reset ? 1 : 0;
    params_.state_bits = state_.bits;
    TMC_TRY(
        set_gate_scales(lowering_, kGruWeights, input_.scale / kGateScale, params_.a_multipliers, params_.a_shifts));
    TMC_TRY(set_gate_scales(lowering_, kGruRecurrentWeights, state_.row_affine.scale / kGateScale,
                            params_.b_multipliers, params_.b_shifts));
    round_once(params_.a_multipliers, params_.a_shifts);
    round_once(params_.b_multipliers, params_.b_shifts);
    return {};
  }

  // What the weights of the candidate see: the state, or the state times r.
  Result<Ref> seen_by_candidate(const Ref& a, const Ref& b) {
    if (op_.linear_before_reset) return state_.row;
    kernels::GateS16::Params reset{};
    reset.rows = params_.rows;
    reset.hidden = params_.hidden;
    reset.gates = params_.gates;
    reset.states = 1;
    reset.gate = 1;
    reset.function = static_cast<int32_t>(kernels::IntegerGate::kLogistic);
    reset.times_state = 1;
    reset.state_bits = params_.state_bits;
    reset.a_multipliers[0] = params_.a_multipliers[1];
    reset.a_shifts[0] = params_.a_shifts[1];
    reset.b_multipliers[0] = params_.b_multipliers[1];
    reset.b_shifts[0] = params_.b_shifts[1];
    const int64_t units = int64_t{params_.rows} * params_.hidden;
    const Ref product = lowering_.add_temporary(".reset", units * int64_t{sizeof(int16_t)}, DType::kI16);
    TMC_TRY(lowering_.emit<kernels::GateS16>(reset, table(), {a, b, state_.ref}, {product}));
    const Ref row = lowering_.add_temporary(".reset_row", units, DType::kI8);
    TMC_TRY(emit_row(lowering_, recurrence_, state_, product, row));
    return row;
  }

  static std::vector<kernels::Blob> table() { return {kernels::make_blob(DType::kU16, sigmoids_int16())}; }

  Result<Ref> of_input(const std::string& suffix, Recurrence::Gates gates) {
    return emit_integer_sums(lowering_, recurrence_, suffix, recurrence_.input(), input_.zero_point, kGruWeights, gates,
                             kGruBias);
  }
  Result<Ref> of_state(const std::string& suffix, const Ref& row, Recurrence::Gates gates) {
    return emit_integer_sums(lowering_, recurrence_, suffix, row, state_.row_affine.zero_point, kGruRecurrentWeights,
                             gates, kGruRecurrentBias);
  }

  Lowering& lowering_;
  const ops::Gru& op_;
  Recurrence recurrence_;
  WideState state_;
  Affine input_{};
  kernels::GruStateS16::Params params_{};
};

}  // namespace

Status lower_gru(Lowering& lowering) {
  if (lowering.input(0).type.dtype == DType::kI8) return IntegerGru(lowering).run();
  TMC_TRY(require_dtype(lowering.input(0), DType::kF32));
  return emit_f32(lowering, lowering.node().op.get<ops::Gru>());
}

}  // namespace tmc::select
