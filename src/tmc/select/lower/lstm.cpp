// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/lstm.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/kernels/contract/recurrent_f32.hpp"
#include "tmc/kernels/contract/recurrent_s8.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/int16_lstm.hpp"
#include "tmc/select/numerics/integer_recurrent.hpp"

namespace tmc::select {
namespace {

constexpr size_t kWeights = 1, kRecurrentWeights = 2, kBias = 3, kState = 4, kCell = 5, kPeepholes = 6;
constexpr int32_t kGates = 4;

Status emit_f32(Lowering& lowering, const ops::Lstm& op) {
  Recurrence recurrence(lowering, ops::Lstm::kForm);
  TMC_ASSIGN(auto params,
             gate_params<kernels::LstmCellF32::Params>(recurrence, kGates, 2, op.clip, ops::Lstm::kForm, op.functions));
  params.cell_clip = ops::clip_limit(op.cell_clip);
  params.input_forget = op.input_forget ? 1 : 0;
  params.peepholes = lowering.has_input(kPeepholes) ? 3 : 1;
  TMC_ASSIGN(const Ref states, recurrence.add_states(0, 2));
  Ref state = states;
  state.bytes = int64_t{params.rows} * params.hidden * int64_t{sizeof(float)};
  Ref cell = state;
  cell.byte_offset = state.bytes;
  const auto step = [&]() -> Status {
    TMC_ASSIGN(const Ref a, recurrence.emit_sums(".gates", recurrence.input(), kWeights, {0, kGates}, kBias));
    TMC_ASSIGN(const Ref b,
               recurrence.emit_sums(".recurrent", state, kRecurrentWeights, {0, kGates}, Recurrence::kNoBias));
    // Where there are no peepholes the kernel does not look at what stands for them.
    const Ref peepholes = lowering.has_input(kPeepholes) ? lowering.input_ref(kPeepholes) : state;
    return lowering.emit<kernels::LstmCellF32>(params, {}, {a, b, peepholes, states}, {states});
  };
  std::vector<Recurrence::Given> gives = {{0, state, op.sequence}};
  if (op.cell || op.cells) gives.push_back({1, cell, op.cells});
  return recurrence.emit_loop(op.reverse, gives, step);
}

// --- int8, as LiteRT prepares it (unidirectional_sequence_lstm.cc): quotients of scales are rounded to float.

class IntegerLstm {
 public:
  explicit IntegerLstm(Lowering& lowering) : lowering_(lowering), op_(lowering.node().op.get<ops::Lstm>()) {}

  Status run() {
    TMC_TRY(check());
    Recurrence recurrence(lowering_, ops::Lstm::kForm);
    TMC_TRY(set_params(recurrence));
    TMC_ASSIGN(const Ref state, recurrence.add_states(0, 1));
    TMC_ASSIGN(const Ref cell, recurrence.add_states(1, 1));
    const auto step = [&]() -> Status {
      TMC_ASSIGN(const Ref a, emit_integer_sums(lowering_, recurrence, ".gates", recurrence.input(), input_zero_point_,
                                                kWeights, {0, kGates}, kBias));
      TMC_ASSIGN(const Ref b, emit_integer_sums(lowering_, recurrence, ".recurrent", state, state_affine_.zero_point,
                                                kRecurrentWeights, {0, kGates}, Recurrence::kNoBias));
      const std::vector<kernels::Blob> functions = {kernels::make_blob(DType::kI32, std::vector<int32_t>{0})};
      TMC_TRY(lowering_.emit<kernels::LstmStateS16>(cell_params_, functions, {a, b, cell}, {cell}));
      return lowering_.emit<kernels::LstmOutputS8>(output_params_, functions, {a, b, cell}, {state});
    };
    std::vector<Recurrence::Given> gives = {{0, state, op_.sequence, state_affine_}};
    if (op_.cell || op_.cells) gives.push_back({1, cell, op_.cells, cell_affine_});
    return recurrence.emit_loop(op_.reverse, gives, step);
  }

 private:
  Status check() const {
    const bool is_plain = op_.functions == ops::Lstm{}.functions && op_.clip == 0 && !op_.input_forget;
    if (is_plain && !lowering_.has_input(kPeepholes)) return {};
    return error(Error::kUnsupportedType, "'{}' is int8, of which the kernel has the plain functions and no peepholes",
                 lowering_.input(0).name)
        .with_hint("keep this layer in float");
  }

  Status set_params(const Recurrence& recurrence) {
    TMC_ASSIGN(const Affine input, affine_of(lowering_.input(0)));
    TMC_ASSIGN(state_affine_, affine_of(lowering_.input(kState)));
    TMC_ASSIGN(const int32_t exponent, cell_exponent(lowering_.input(kCell)));
    cell_affine_ = {std::ldexp(1.0F, exponent), 0};
    auto& p = cell_params_;
    p.rows = output_params_.rows = recurrence.batch();
    p.hidden = output_params_.hidden = recurrence.hidden();
    p.gates = output_params_.gates = kGates;
    p.states = output_params_.states = 1;
    input_zero_point_ = input.zero_point;
    TMC_TRY(set_gate_scales(lowering_, kWeights, input.scale / kGateScale, p.a_multipliers, p.a_shifts));
    TMC_TRY(
        set_gate_scales(lowering_, kRecurrentWeights, state_affine_.scale / kGateScale, p.b_multipliers, p.b_shifts));
    p.product_shift = 30 + exponent;
    const double clip = op_.cell_clip / std::ldexp(1.0, exponent);
    p.cell_clip = static_cast<int32_t>(std::clamp(clip, 0.0, 32767.0));
    std::ranges::copy(p.a_multipliers, output_params_.a_multipliers);
    std::ranges::copy(p.a_shifts, output_params_.a_shifts);
    std::ranges::copy(p.b_multipliers, output_params_.b_multipliers);
    std::ranges::copy(p.b_shifts, output_params_.b_shifts);
    output_params_.cell_bits = 15 + exponent;
    const double step = std::ldexp(1.0, -15);  // of what the functions give
    const auto scale = static_cast<float>(step / static_cast<double>(state_affine_.scale) * step);
    const FixedMultiplier fixed = quantize_multiplier(static_cast<double>(scale));
    output_params_.multiplier = fixed.multiplier;
    output_params_.shift = fixed.shift;
    output_params_.zero_point = state_affine_.zero_point;
    return {};
  }

  Lowering& lowering_;
  const ops::Lstm& op_;
  int32_t input_zero_point_ = 0;
  Affine state_affine_{}, cell_affine_{};
  kernels::LstmStateS16::Params cell_params_{};
  kernels::LstmOutputS8::Params output_params_{};
};

}  // namespace

Status lower_lstm(Lowering& lowering) {
  if (lowering.input(0).type.dtype == DType::kI8) return IntegerLstm(lowering).run();
  if (is_int16(lowering.input(0))) return emit_int16_lstm(lowering);
  TMC_TRY(require_dtype(lowering.input(0), DType::kF32));
  return emit_f32(lowering, lowering.node().op.get<ops::Lstm>());
}

}  // namespace tmc::select
