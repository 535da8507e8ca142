// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/int16_lstm.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/kernels/contract/fully_connected.hpp"
#include "tmc/kernels/contract/lstm_cell_s16.hpp"
#include "tmc/ops/op/lstm.hpp"
#include "tmc/select/numerics/integer_recurrent.hpp"
#include "tmc/select/numerics/sigmoid_int16.hpp"

namespace tmc::select {
namespace {

constexpr size_t kWeights = 1, kRecurrentWeights = 2, kBias = 3, kState = 4, kCell = 5, kPeepholes = 6;
constexpr int32_t kGates = 4;
constexpr CellExponents kCellExponents = {.least = -24, .most = 0};

class Int16Lstm {
  using Cell = kernels::LstmCellS16;

 public:
  explicit Int16Lstm(Lowering& lowering) : lowering_(lowering), op_(lowering.node().op.get<ops::Lstm>()) {}

  Status run() {
    TMC_TRY(check());
    Recurrence recurrence(lowering_, ops::Lstm::kForm);
    TMC_TRY(set_params(recurrence));
    TMC_ASSIGN(const Ref states, recurrence.add_states(0, 2));
    Ref state = states;
    state.bytes = int64_t{params_.rows} * params_.hidden * int64_t{sizeof(int16_t)};
    Ref cell = state;
    cell.byte_offset = state.bytes;
    const auto step = [&]() -> Status {
      TMC_ASSIGN(const Ref a, emit_products(".gates", recurrence.input(), kWeights, input_.scale));
      TMC_ASSIGN(const Ref b, emit_products(".recurrent", state, kRecurrentWeights, state_.scale));
      return lowering_.emit<Cell>(params_, {kernels::make_blob(DType::kU16, sigmoids_int16())}, {a, b, states},
                                  {states});
    };
    std::vector<Recurrence::Given> gives = {{0, state, op_.sequence, state_}};
    if (op_.cell || op_.cells) gives.push_back({1, cell, op_.cells, cell_});
    return recurrence.emit_loop(op_.reverse, gives, step);
  }

 private:
  Status check() const {
    const bool is_plain = op_.functions == ops::Lstm{}.functions && op_.clip == 0 && !op_.input_forget;
    if (!is_plain || lowering_.has_input(kPeepholes)) {
      return error(Error::kUnsupportedType,
                   "'{}' is int16, of which the kernel has the plain functions and no peepholes",
                   lowering_.input(0).name)
          .with_hint("keep this layer in float");
    }
    for (const size_t index : {kWeights, kRecurrentWeights, kBias}) {
      if (!lowering_.has_input(index) || lowering_.input(index).is_constant()) continue;
      return error(Error::kUnsupportedType, "its quantised weights '{}' are computed", lowering_.input(index).name);
    }
    return {};
  }

  Status set_params(const Recurrence& recurrence) {
    TMC_ASSIGN(input_, symmetric_affine_of(lowering_.input(0)));
    TMC_ASSIGN(state_, symmetric_affine_of(lowering_.input(kState)));
    TMC_ASSIGN(const int32_t exponent, cell_exponent(lowering_.input(kCell), kCellExponents));
    cell_ = {std::ldexp(1.0F, exponent), 0};
    auto& p = params_;
    p.rows = recurrence.batch();
    p.hidden = recurrence.hidden();
    p.gates = kGates;
    p.states = 2;
    p.product_shift = 30 + exponent;
    p.cell_min = INT16_MIN;
    p.cell_max = INT16_MAX;
    if (op_.cell_clip > 0) {
      p.cell_max = static_cast<int32_t>(std::min(op_.cell_clip / static_cast<double>(cell_.scale), 32767.0));
      p.cell_min = -p.cell_max;
    }
    // In steps of 2^-12, of which the functions see three times as many.
    p.tanh_multiplier = 3 << std::max(exponent + 12, 0);
    p.tanh_shift = std::max(-12 - exponent, 0);
    const FixedMultiplier fixed = quantize_multiplier(std::ldexp(1.0, -30) / static_cast<double>(state_.scale));
    p.multiplier = fixed.multiplier;
    p.shift = fixed.shift;
    return {};
  }

  // Rows of that scale times the weights of all gates, in numbers of gates.
  Result<Ref> emit_products(const std::string& suffix, const Ref& rows, size_t weights, float scale) {
    const ir::Value& matrix = lowering_.input(weights);
    const auto outputs = static_cast<size_t>(matrix.type.shape[0]);
    TMC_ASSIGN(const std::vector<float> scales, gate_scales(matrix, kGates));
    std::vector<int32_t> multipliers;
    std::vector<int32_t> shifts;
    for (const float of_gate : scales) {
      const FixedMultiplier fixed =
          quantize_multiplier(static_cast<double>(scale * of_gate) / static_cast<double>(kGateScale));
      if (fixed.shift > kMostReducedShift) {
        return error(Error::kUnsupportedType, "a gate multiplies its int16 sums by 2^{} or more", kMostReducedShift)
            .with_hint(fmt::format("give '{}' a smaller scale", matrix.name));
      }
      multipliers.insert(multipliers.end(), outputs / kGates, fixed.multiplier);
      shifts.insert(shifts.end(), outputs / kGates, fixed.shift);
    }
    const bool has_bias = weights == kWeights && lowering_.has_input(kBias);
    const std::vector<int32_t> bias =
        has_bias ? lowering_.input(kBias).data->to_vector<int32_t>() : std::vector<int32_t>(outputs, 0);
    kernels::FullyConnectedS16::Params p{};
    p.batch = params_.rows;
    p.inputs = static_cast<int32_t>(matrix.type.shape[1]);
    p.outputs = static_cast<int32_t>(outputs);
    p.activation_min = INT16_MIN;
    p.activation_max = INT16_MAX;
    const Ref products =
        lowering_.add_temporary(suffix, int64_t{p.batch} * p.outputs * int64_t{sizeof(int16_t)}, DType::kI16);
    TMC_TRY(lowering_.emit<kernels::FullyConnectedS16>(
        p,
        {kernels::make_blob(DType::kI8, matrix.data->to_vector<int8_t>()), kernels::make_blob(DType::kI32, bias),
         kernels::make_blob(DType::kI32, multipliers), kernels::make_blob(DType::kI32, shifts)},
        {rows}, {products}));
    return products;
  }

  Lowering& lowering_;
  const ops::Lstm& op_;
  Affine input_{}, state_{}, cell_{};
  Cell::Params params_{};
};

}  // namespace

Status emit_int16_lstm(Lowering& lowering) {
  return Int16Lstm(lowering).run();
}

}  // namespace tmc::select
