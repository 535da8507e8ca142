// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/integer_lstm_step.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "tmc/kernels/contract/fully_connected.hpp"
#include "tmc/kernels/contract/lstm_numbers_s32.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/integer_recurrent.hpp"

namespace tmc::select {
namespace {

// As LiteRT prepares it (lstm.cc, PopulateQuantizedLstmParams8x8_16): quotients of scales are rounded to float.
class IntegerLstmStep {
  using Op = ops::IntegerLstmStep;
  static constexpr int32_t kGates = 4;
  static constexpr int32_t kOutputGate = 1, kCandidate = 3;

 public:
  explicit IntegerLstmStep(Lowering& lowering)
      : lowering_(lowering),
        op_(lowering.node().op.get<Op>()),
        batch_(static_cast<int32_t>(lowering.input(Op::kCell).type.shape[0])),
        hidden_(static_cast<int32_t>(lowering.input(Op::kCell).type.shape[1])),
        outputs_(static_cast<int32_t>(lowering.input(Op::kState).type.shape[1])) {}

  Status run() {
    TMC_TRY(check_constants());
    TMC_TRY(read_scales());
    TMC_TRY(set_numbers());
    TMC_ASSIGN(const Ref a, emit_sums(".gates", Op::kX, Op::kWeights, input_.zero_point));
    TMC_ASSIGN(const Ref b, emit_sums(".recurrent", Op::kState, Op::kRecurrentWeights, state_.zero_point));
    const Ref cell_before = lowering_.input_ref(Op::kCell);
    const Ref cell = lowering_.output_ref(1);
    // The output gate looks at the new cell.
    const bool looks = numbers_.has_peepholes != 0;
    constexpr int32_t kAll = (1 << kGates) - 1, kOnlyOutput = 1 << kOutputGate;
    const int32_t all = op_.coupled ? kAll & ~1 : kAll;
    TMC_ASSIGN(const Ref numbers, emit_numbers(".numbers", looks ? all & ~kOnlyOutput : all, {a, b, cell_before}));
    TMC_TRY(emit_cell(numbers, cell_before, cell));
    Ref seen = numbers;
    if (looks) {
      TMC_ASSIGN(seen, emit_numbers(".output_numbers", kOnlyOutput, {a, b, cell}));
    }
    if (!lowering_.has_input(Op::kProjection)) return emit_hidden(seen, cell, lowering_.output_ref(0));
    const Ref hidden = lowering_.add_temporary(".hidden", int64_t{batch_} * hidden_, DType::kI8);
    TMC_TRY(emit_hidden(seen, cell, hidden));
    return emit_projection(hidden);
  }

 private:
  Status check_constants() const {
    for (size_t i = Op::kWeights; i <= Op::kProjectionBias; ++i) {
      const bool is_state = i == Op::kState || i == Op::kCell;
      if (is_state || !lowering_.has_input(i) || lowering_.input(i).is_constant()) continue;
      return error(Error::kUnsupportedType, "its input '{}' is computed", lowering_.input(i).name);
    }
    return {};
  }

  Status read_scales() {
    TMC_ASSIGN(input_, affine_of(lowering_.input(Op::kX)));
    TMC_ASSIGN(state_, affine_of(lowering_.input(Op::kState)));
    TMC_ASSIGN(cell_exponent_, cell_exponent(lowering_.input(Op::kCell)));
    return {};
  }

  // The scale of each gate in a constant of `parts` of them, of which the last belong to the last gates.
  Result<std::array<float, kGates>> scales_of(size_t index, int32_t parts, bool has_candidate) const {
    TMC_ASSIGN(const std::vector<float> given, gate_scales(lowering_.input(index), static_cast<size_t>(parts)));
    std::array<float, kGates> scales{};
    std::ranges::copy(given, scales.begin() + ((has_candidate ? kGates : kCandidate) - parts));
    return scales;
  }

  int32_t sum_gates() const { return op_.coupled ? kGates - 1 : kGates; }
  bool normalizes() const { return lowering_.has_input(Op::kCoefficients); }

  Status set_numbers() {
    auto& p = numbers_;
    p.rows = batch_;
    p.hidden = hidden_;
    p.sum_gates = sum_gates();
    p.gates_a_elements = p.gates_b_elements = batch_ * p.sum_gates * hidden_;
    p.cell_elements = batch_ * hidden_;
    p.output_elements = batch_ * kGates * hidden_;
    const std::array<double, kGates> given = {op_.scale_i, op_.scale_o, op_.scale_f, op_.scale_c};
    std::array<float, kGates> of_sums{};
    for (size_t gate = 0; gate < kGates; ++gate) {
      of_sums[gate] = normalizes() ? static_cast<float>(given[gate]) : kGateScale;
      const bool is_there = gate > 0 || !op_.coupled;
      if (is_there && !(of_sums[gate] > 0)) return error(Error::kMalformed, "the scale of a gate is not above 0");
    }
    TMC_ASSIGN(const auto weights, scales_of(Op::kWeights, p.sum_gates, true));
    TMC_ASSIGN(const auto recurrent, scales_of(Op::kRecurrentWeights, p.sum_gates, true));
    for (size_t gate = op_.coupled ? 1 : 0; gate < kGates; ++gate) {
      set(fixed_of(weights[gate] * input_.scale / of_sums[gate]), p.a_multipliers[gate], p.a_shifts[gate]);
      set(fixed_of(recurrent[gate] * state_.scale / of_sums[gate]), p.b_multipliers[gate], p.b_shifts[gate]);
    }
    TMC_TRY(set_peepholes(of_sums));
    return set_normalization();
  }

  static FixedMultiplier fixed_of(float real) { return quantize_multiplier(static_cast<double>(real)); }
  static void set(const FixedMultiplier& fixed, int32_t& multiplier, int32_t& shift) {
    multiplier = fixed.multiplier;
    shift = fixed.shift;
  }

  Status set_peepholes(const std::array<float, kGates>& of_sums) {
    if (!lowering_.has_input(Op::kPeepholes)) return {};
    numbers_.has_peepholes = 1;
    TMC_ASSIGN(const auto scales, scales_of(Op::kPeepholes, sum_gates() - 1, false));
    for (size_t gate = op_.coupled ? 1 : 0; gate < kCandidate; ++gate) {
      const double product = std::ldexp(1.0, cell_exponent_) * static_cast<double>(scales[gate]);
      set(fixed_of(static_cast<float>(product / static_cast<double>(of_sums[gate]))),
          numbers_.peephole_multipliers[gate], numbers_.peephole_shifts[gate]);
    }
    return {};
  }

  Status set_normalization() {
    if (!normalizes()) return {};
    numbers_.has_normalization = 1;
    TMC_ASSIGN(const auto scales, scales_of(Op::kCoefficients, sum_gates(), true));
    for (size_t gate = op_.coupled ? 1 : 0; gate < kGates; ++gate) {
      set(fixed_of(scales[gate]), numbers_.multipliers[gate], numbers_.shifts[gate]);
      if (!(scales[gate] < 1))
        return error(Error::kUnsupportedType, "the scale {} of its normalisation is not below 1", scales[gate]);
      const float guard = std::clamp(10000 * scales[gate], 1.0F, 1e9F);
      numbers_.variance_guards[gate] = static_cast<int32_t>(guard);
    }
    return {};
  }

  // Of a normalised layer the bias comes behind the sums.
  Result<Ref> emit_sums(const std::string& suffix, size_t rows, size_t weights, int32_t zero_point) {
    const ir::Value& matrix = lowering_.input(weights);
    const Shape& shape = matrix.type.shape;
    const kernels::DenseSumsS8::Params p{batch_, static_cast<int32_t>(shape[1]), static_cast<int32_t>(shape[0]),
                                         zero_point};
    const bool has_bias = weights == Op::kWeights && !normalizes();
    const std::vector<int32_t> bias = has_bias ? lowering_.input(Op::kBias).data->to_vector<int32_t>()
                                               : std::vector<int32_t>(static_cast<size_t>(p.outputs), 0);
    return emit_dense_sums(lowering_, suffix, p, matrix.data->to_vector<int8_t>(), bias, lowering_.input_ref(rows));
  }

  // Of four gates, with 0 where the layer has none.
  template <typename T>
  std::vector<T> by_gate(size_t index, int32_t parts, bool has_candidate) const {
    std::vector<T> all(static_cast<size_t>(kGates * hidden_), 0);
    const std::vector<T> given = lowering_.input(index).data->to_vector<T>();
    const int32_t first = (has_candidate ? kGates : kCandidate) - parts;
    std::ranges::copy(given, all.begin() + std::ptrdiff_t{first} * hidden_);
    return all;
  }

  Result<Ref> emit_numbers(const std::string& suffix, int32_t mask, const std::vector<Ref>& inputs) {
    const std::vector<int16_t> none = {0};
    auto params = numbers_;
    params.mask = mask;
    const auto peepholes = params.has_peepholes != 0 ? by_gate<int16_t>(Op::kPeepholes, sum_gates() - 1, false) : none;
    const auto coefficients = normalizes() ? by_gate<int16_t>(Op::kCoefficients, sum_gates(), true) : none;
    const auto biases = normalizes() ? by_gate<int32_t>(Op::kBias, sum_gates(), true) : std::vector<int32_t>{0};
    const Ref numbers =
        lowering_.add_temporary(suffix, int64_t{params.output_elements} * dtype_bytes(DType::kI32), DType::kI32);
    TMC_TRY(lowering_.emit<kernels::LstmNumbersS32>(
        params,
        {kernels::make_blob(DType::kI16, peepholes), kernels::make_blob(DType::kI16, coefficients),
         kernels::make_blob(DType::kI32, biases)},
        inputs, {numbers}));
    return numbers;
  }

  // What the kernels of plain layers read, where both sums are twice the number: the first counts, the second nothing.
  template <typename Params>
  Params params_of_gates() const {
    Params p{};
    p.rows = batch_;
    p.hidden = hidden_;
    p.gates = kGates;
    p.states = 1;
    std::ranges::fill(p.a_multipliers, 1 << 30);
    std::ranges::fill(p.b_multipliers, 1 << 30);
    std::ranges::fill(p.b_shifts, -31);
    return p;
  }
  static std::vector<kernels::Blob> functions() { return {kernels::make_blob(DType::kI32, std::vector<int32_t>{0})}; }

  // In steps of that scale; 0 where there is none.
  static int32_t clip_of(double clip, float scale, int32_t most) {
    return clip > 0 ? static_cast<int32_t>(std::min(static_cast<float>(clip) / scale, static_cast<float>(most))) : 0;
  }

  Status emit_cell(const Ref& numbers, const Ref& before, const Ref& cell) {
    auto p = params_of_gates<kernels::LstmStateS16::Params>();
    p.product_shift = 30 + cell_exponent_;
    p.coupled = op_.coupled ? 1 : 0;
    p.cell_clip = clip_of(op_.cell_clip, std::ldexp(1.0F, cell_exponent_), INT16_MAX);
    return lowering_.emit<kernels::LstmStateS16>(p, functions(), {numbers, numbers, before}, {cell});
  }

  // What is projected has its zero point with the other sign: the reference takes it off here and below.
  Status emit_hidden(const Ref& numbers, const Ref& cell, const Ref& hidden) {
    const bool projects = lowering_.has_input(Op::kProjection);
    const auto scale = projects ? static_cast<float>(op_.hidden_scale) : state_.scale;
    if (!(scale > 0)) return error(Error::kMalformed, "the scale of what it projects is not above 0");
    auto p = params_of_gates<kernels::LstmOutputS8::Params>();
    p.cell_bits = 15 + cell_exponent_;
    const double step = std::ldexp(1.0, -15);  // of what the functions give
    set(fixed_of(static_cast<float>(step / static_cast<double>(scale) * step)), p.multiplier, p.shift);
    p.zero_point = projects ? -static_cast<int32_t>(op_.hidden_zero_point) : state_.zero_point;
    return lowering_.emit<kernels::LstmOutputS8>(p, functions(), {numbers, numbers, cell}, {hidden});
  }

  Status emit_projection(const Ref& hidden) {
    const ir::Value& matrix = lowering_.input(Op::kProjection);
    TMC_ASSIGN(const Affine weights, affine_of(matrix));
    if (weights.zero_point != 0) return error(Error::kUnsupportedType, "its projection has a zero point");
    const FixedMultiplier fixed = fixed_of(weights.scale * static_cast<float>(op_.hidden_scale) / state_.scale);
    const auto count = static_cast<size_t>(outputs_);
    const std::vector<int32_t> bias = lowering_.has_input(Op::kProjectionBias)
                                          ? lowering_.input(Op::kProjectionBias).data->to_vector<int32_t>()
                                          : std::vector<int32_t>(count, 0);
    const int32_t limit = clip_of(op_.projection_clip, state_.scale, INT8_MAX);
    const kernels::FullyConnectedS8::Params p{.batch = batch_,
                                              .inputs = hidden_,
                                              .outputs = outputs_,
                                              .input_zero_point = -static_cast<int32_t>(op_.hidden_zero_point),
                                              .output_zero_point = state_.zero_point,
                                              .activation_min = limit > 0 ? -limit : INT8_MIN,
                                              .activation_max = limit > 0 ? limit : INT8_MAX};
    return lowering_.emit<kernels::FullyConnectedS8>(
        p,
        {kernels::make_blob(DType::kI8, matrix.data->to_vector<int8_t>()), kernels::make_blob(DType::kI32, bias),
         kernels::make_blob(DType::kI32, std::vector<int32_t>(count, fixed.multiplier)),
         kernels::make_blob(DType::kI32, std::vector<int32_t>(count, fixed.shift))},
        {hidden}, {lowering_.output_ref()});
  }

  Lowering& lowering_;
  const Op& op_;
  int32_t batch_, hidden_, outputs_;
  Affine input_{}, state_{};
  int32_t cell_exponent_ = 0;
  kernels::LstmNumbersS32::Params numbers_{};
};

}  // namespace

Status lower_integer_lstm_step(Lowering& lowering) {
  return IntegerLstmStep(lowering).run();
}

}  // namespace tmc::select
