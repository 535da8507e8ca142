// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/integer_recurrent.hpp"

#include <algorithm>

#include "tmc/base/fixed_point.hpp"
#include "tmc/base/host/power_of_two.hpp"
#include "tmc/kernels/contract/recurrent_s8.hpp"
#include "tmc/select/numerics/requantize.hpp"

namespace tmc::select {
namespace {

template <typename T>
kernels::Blob part_of(const ir::Value& constant, DType dtype, int64_t first, int64_t count) {
  const std::vector<T> all = constant.data->to_vector<T>();
  return kernels::make_blob(dtype, std::vector<T>(all.begin() + first, all.begin() + first + count));
}

bool begins_positive(const ir::Value& state) {
  return state.is_constant() &&
         std::ranges::all_of(state.data->to_vector<int16_t>(), [](int16_t value) { return value >= 0; });
}

}  // namespace

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
  const kernels::Blob biases =
      has_bias ? part_of<int32_t>(lowering.input(bias), DType::kI32, first, outputs)
               : kernels::make_blob(DType::kI32, std::vector<int32_t>(static_cast<size_t>(outputs), 0));
  const Ref sums = lowering.add_temporary(suffix, int64_t{p.batch} * p.outputs * int64_t{sizeof(int32_t)}, DType::kI32);
  TMC_TRY(lowering.emit<kernels::DenseSumsS8>(
      p, {part_of<int8_t>(matrix, DType::kI8, first * inputs, outputs * inputs), biases}, {rows}, {sums}));
  return sums;
}

Status set_gate_scales(const Lowering& lowering, size_t weights, float scale, std::span<int32_t> multipliers,
                       std::span<int32_t> shifts) {
  const ir::Value& matrix = lowering.input(weights);
  const Quantization& quantization = matrix.quantization;
  if (quantization.empty()) return error(Error::kUnsupportedType, "the weights '{}' are not quantised", matrix.name);
  const size_t units = static_cast<size_t>(matrix.type.shape[0]) / multipliers.size();
  for (size_t row = 0; row < units * multipliers.size(); ++row) {
    const size_t gate = row / units;
    const float of_row = quantization.scale(quantization.per_axis() ? row : 0);
    const FixedMultiplier fixed = quantize_multiplier(static_cast<double>(of_row * scale));
    if (row % units > 0 && (multipliers[gate] != fixed.multiplier || shifts[gate] != fixed.shift)) {
      return error(Error::kUnsupportedType, "the weights '{}' have several scales within a gate", matrix.name);
    }
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
