// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/integer_recurrent.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/base/fixed_point.hpp"
#include "tmc/base/host/power_of_two.hpp"
#include "tmc/select/numerics/requantize.hpp"

namespace tmc::select {
namespace {

template <typename T>
std::vector<T> part_of(const ir::Value& constant, int64_t first, int64_t count) {
  const std::vector<T> all = constant.data->to_vector<T>();
  return {all.begin() + first, all.begin() + first + count};
}

bool begins_positive(const ir::Value& state) {
  return state.is_constant() &&
         std::ranges::all_of(state.data->to_vector<int16_t>(), [](int16_t value) { return value >= 0; });
}

}  // namespace

Result<int32_t> cell_exponent(const ir::Value& cell, CellExponents within) {
  TMC_ASSIGN(const Affine affine, affine_of(cell, DType::kI16));
  int exponent = 0;
  const float fraction = std::frexp(affine.scale, &exponent);
  const bool is_within = exponent - 1 >= within.least && exponent - 1 <= within.most;
  if (fraction == 0.5F && is_within && affine.zero_point == 0) return exponent - 1;
  return error(Error::kUnsupportedType, "the cell '{}' has the scale {}, not a power of two from 2^{} to 2^{}",
               cell.name, affine.scale, within.least, within.most);
}

Result<Ref> emit_dense_sums(Lowering& lowering, const std::string& suffix, const kernels::DenseSumsS8::Params& params,
                            const std::vector<int8_t>& weights, const std::vector<int32_t>& bias, const Ref& rows) {
  const int64_t bytes = int64_t{params.batch} * params.outputs * int64_t{sizeof(int32_t)};
  const Ref sums = lowering.add_temporary(suffix, bytes, DType::kI32);
  TMC_TRY(lowering.emit<kernels::DenseSumsS8>(
      params, {kernels::make_blob(DType::kI8, weights), kernels::make_blob(DType::kI32, bias)}, {rows}, {sums}));
  return sums;
}

Result<Ref> emit_integer_sums(Lowering& lowering, const Recurrence& recurrence, const std::string& suffix,
                              const Ref& rows, int32_t zero_point, size_t weights, Recurrence::Gates gates,
                              size_t bias) {
  const ir::Value& matrix = lowering.input(weights);
  TMC_TRY(require_dtype(matrix, DType::kI8));
  const bool has_bias = bias != Recurrence::kNoBias && lowering.has_input(bias);
  if (!matrix.is_constant() || (has_bias && !lowering.input(bias).is_constant())) {
    return error(Error::kUnsupportedType, "its quantised weights '{}' are computed", matrix.name);
  }
  const int64_t outputs = gates.count * recurrence.hidden();
  const int64_t first = gates.first * recurrence.hidden();
  const int64_t inputs = matrix.type.shape[1];
  const kernels::DenseSumsS8::Params p{recurrence.batch(), static_cast<int32_t>(inputs), static_cast<int32_t>(outputs),
                                       zero_point};
  const std::vector<int32_t> biases = has_bias ? part_of<int32_t>(lowering.input(bias), first, outputs)
                                               : std::vector<int32_t>(static_cast<size_t>(outputs), 0);
  return emit_dense_sums(lowering, suffix, p, part_of<int8_t>(matrix, first * inputs, outputs * inputs), biases, rows);
}

Result<std::vector<float>> gate_scales(const ir::Value& constant, size_t gates) {
  const Quantization& quantization = constant.quantization;
  if (quantization.empty()) return error(Error::kUnsupportedType, "'{}' is not quantised", constant.name);
  const size_t units = static_cast<size_t>(constant.type.shape[0]) / gates;
  std::vector<float> scales(gates);
  for (size_t row = 0; row < units * gates; ++row) {
    float& scale = scales[row / units];
    const float found = quantization.scale(quantization.per_axis() ? row : 0);
    if (row % units != 0 && scale != found) {
      return error(Error::kUnsupportedType, "'{}' has several scales within a gate", constant.name);
    }
    scale = found;
  }
  return scales;
}

Status set_gate_scales(const Lowering& lowering, size_t weights, float scale, std::span<int32_t> multipliers,
                       std::span<int32_t> shifts) {
  TMC_ASSIGN(const std::vector<float> scales, gate_scales(lowering.input(weights), multipliers.size()));
  for (size_t gate = 0; gate < scales.size(); ++gate) {
    const FixedMultiplier fixed = quantize_multiplier(static_cast<double>(scales[gate] * scale));
    multipliers[gate] = fixed.multiplier;
    shifts[gate] = fixed.shift;
  }
  return {};
}

void round_once(std::span<int32_t> multipliers, std::span<int32_t> shifts) {
  for (size_t i = 0; i < multipliers.size(); ++i) {
    // 32 bits behind the point, where those were 31.
    const int32_t left = shifts[i] + 1;
    shifts[i] = std::max(left, 0);
    if (left < 0) multipliers[i] = rounding_divide_by_pot(multipliers[i], std::min(-left, 31));
  }
}

Result<WideState> add_wide_state(Lowering& lowering, Recurrence& recurrence, size_t first_state, bool is_relu) {
  const ir::Value& value = lowering.input(first_state);
  WideState state;
  TMC_ASSIGN(state.affine, symmetric_affine_of(value));
  const float step = ops::kStateStepsInProducts * state.affine.scale;
  state.row_affine = is_relu && begins_positive(value) ? Affine{step / 2, dtype_min(DType::kI8)} : Affine{step, 0};
  const std::optional<int> exponent = power_of_two_exponent(state.affine.scale);
  if (!is_relu && (!exponent || *exponent < -15 || *exponent > -9)) {
    return error(Error::kUnsupportedType, "the state '{}' has the scale {}, not a power of two from 2^-15 to 2^-9",
                 value.name, state.affine.scale);
  }
  state.bits = is_relu ? 0 : *exponent + 15;
  TMC_ASSIGN(state.ref, recurrence.add_states(0, 1));
  state.row = lowering.add_temporary(".row", int64_t{recurrence.batch()} * recurrence.hidden(), DType::kI8);
  return state;
}

Status emit_row(Lowering& lowering, const Recurrence& recurrence, const WideState& state, const Ref& from,
                const Ref& row) {
  return emit_requantize_row(lowering, int64_t{recurrence.batch()} * recurrence.hidden(), {DType::kI16, state.affine},
                             from, {DType::kI8, state.row_affine}, row);
}

}  // namespace tmc::select
