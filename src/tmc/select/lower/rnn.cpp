// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/rnn.hpp"

#include "tmc/kernels/contract/recurrent_f32.hpp"
#include "tmc/kernels/contract/recurrent_s16.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/integer_recurrent.hpp"
#include "tmc/select/numerics/sigmoid_int16.hpp"

namespace tmc::select {
namespace {

constexpr size_t kRnnWeights = 1, kRnnRecurrentWeights = 2, kRnnBias = 3, kRnnState = 4;
constexpr Recurrence::Gates kOnlyGate{0, 1};

Status emit_f32(Lowering& lowering, const ops::Rnn& op) {
  Recurrence recurrence(lowering, ops::Rnn::kForm);
  TMC_ASSIGN(const auto params,
             gate_params<kernels::GateF32::Params>(recurrence, 1, 1, op.clip, ops::Rnn::kForm, op.functions));
  TMC_ASSIGN(const Ref state, recurrence.add_states(0, 1));
  return recurrence.emit_loop(op.reverse, {{0, state, op.sequence}}, [&]() -> Status {
    TMC_ASSIGN(const Ref a, recurrence.emit_sums(".gates", recurrence.input(), kRnnWeights, kOnlyGate, kRnnBias));
    TMC_ASSIGN(const Ref b,
               recurrence.emit_sums(".recurrent", state, kRnnRecurrentWeights, kOnlyGate, Recurrence::kNoBias));
    return lowering.emit<kernels::GateF32>(params, {}, {a, b, state}, {state});
  });
}

Result<kernels::IntegerGate> integer_function(const Lowering& lowering, const ops::Rnn& op) {
  if (op.clip == 0 && op.functions == ops::Rnn{}.functions) return kernels::IntegerGate::kTanh;
  if (op.clip == 0 && op.functions == "relu") return kernels::IntegerGate::kRelu;
  return error(Error::kUnsupportedType, "'{}' is int8, of which the kernel has tanh and relu", lowering.input(0).name)
      .with_hint("keep this layer in float");
}

// The numbers of a ReLU are those of the state.
Status emit_integers(Lowering& lowering, const ops::Rnn& op) {
  TMC_ASSIGN(const kernels::IntegerGate function, integer_function(lowering, op));
  const bool is_relu = function == kernels::IntegerGate::kRelu;
  Recurrence recurrence(lowering, ops::Rnn::kForm);
  TMC_ASSIGN(const WideState state, add_wide_state(lowering, recurrence, kRnnState, is_relu));
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0)));
  kernels::GateS16::Params p{};
  p.rows = recurrence.batch();
  p.hidden = recurrence.hidden();
  p.gates = p.states = 1;
  p.function = static_cast<int32_t>(function);
  p.state_bits = state.bits;
  const float step = is_relu ? state.affine.scale : kGateScale;
  TMC_TRY(set_gate_scales(lowering, kRnnWeights, input.scale / step, p.a_multipliers, p.a_shifts));
  TMC_TRY(set_gate_scales(lowering, kRnnRecurrentWeights, state.row_affine.scale / step, p.b_multipliers, p.b_shifts));
  round_once(p.a_multipliers, p.a_shifts);
  round_once(p.b_multipliers, p.b_shifts);
  return recurrence.emit_loop(op.reverse, {state.given(op.sequence)}, [&]() -> Status {
    TMC_TRY(emit_row(lowering, recurrence, state, state.ref, state.row));
    TMC_ASSIGN(const Ref a, emit_integer_sums(lowering, recurrence, ".gates", recurrence.input(), input.zero_point,
                                              kRnnWeights, kOnlyGate, kRnnBias));
    TMC_ASSIGN(const Ref b,
               emit_integer_sums(lowering, recurrence, ".recurrent", state.row, state.row_affine.zero_point,
                                 kRnnRecurrentWeights, kOnlyGate, Recurrence::kNoBias));
    return lowering.emit<kernels::GateS16>(p, {kernels::make_blob(DType::kU16, sigmoids_int16())}, {a, b, state.ref},
                                           {state.ref});
  });
}

}  // namespace

Status lower_rnn(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Rnn>();
  if (lowering.input(0).type.dtype == DType::kI8) return emit_integers(lowering, op);
  TMC_TRY(require_dtype(lowering.input(0), DType::kF32));
  return emit_f32(lowering, op);
}

}  // namespace tmc::select
