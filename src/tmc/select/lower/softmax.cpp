// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/softmax.hpp"

#include <cmath>

#include "tmc/kernels/contract/softmax_f32.hpp"
#include "tmc/kernels/contract/softmax_s16.hpp"
#include "tmc/kernels/contract/softmax_s8.hpp"
#include "tmc/select/numerics/interpolated_table.hpp"
#include "tmc/select/numerics/requantize.hpp"
#include "tmc/select/numerics/softmax_exponentials.hpp"

namespace tmc::select {
namespace {

Status emit_softmax_f32(Lowering& lowering, const kernels::SoftmaxF32::Params& params) {
  return lowering.emit<kernels::SoftmaxF32>(params, {}, {lowering.input_ref(0)}, {lowering.output_ref()});
}

// TFLite takes a scale this near to the kernel's for the same.
bool are_in(const Affine& output, const Affine& shares) {
  return output.zero_point == shares.zero_point && std::abs(output.scale / shares.scale - 1) <= 0.001F;
}

// A step from the kernel's output quantisation to the node's.
Status requantize_shares(Lowering& lowering, const Affine& shares) {
  TMC_ASSIGN(const Affine output, activation_affine_of(lowering.output(), activation_dtype(lowering.input(0))));
  return are_in(output, shares) ? Status() : requantize_output(lowering, shares);
}

template <typename Contract>
Status emit_of_bytes(Lowering& lowering, kernels::SoftmaxOfBytes::Params params, double beta) {
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0)));
  TMC_ASSIGN(const std::vector<int32_t> exponentials, softmax_exponentials(beta, input.scale));
  params.exponentials = static_cast<int32_t>(exponentials.size());
  return lowering.emit<Contract>(params, {kernels::make_blob(DType::kI32, exponentials)}, {lowering.input_ref(0)},
                                 {lowering.output_ref()});
}

Status emit_s8(Lowering& lowering, const kernels::SoftmaxOfBytes::Params& params, double beta) {
  TMC_TRY(emit_of_bytes<kernels::SoftmaxS8>(lowering, params, beta));
  return requantize_shares(lowering, {1.0F / 256, -128});
}

Status emit_wide(Lowering& lowering, const kernels::SoftmaxOfBytes::Params& params, double beta) {
  TMC_ASSIGN(const Affine output, affine_of(lowering.output(), DType::kI16));
  if (!are_in(output, {1.0F / 65536, INT16_MIN})) {
    return error(Error::kUnsupportedType, "'{}' is int16 of an int8 input, in the scale {} and with the zero point {}",
                 lowering.output().name, output.scale, output.zero_point)
        .with_hint("use the scale 1/65536 and the zero point -32768");
  }
  return emit_of_bytes<kernels::SoftmaxS8S16>(lowering, params, beta);
}

Status emit_s16(Lowering& lowering, kernels::SoftmaxS16::Params params, double beta) {
  TMC_ASSIGN(const Affine input, symmetric_affine_of(lowering.input(0)));
  if (!(beta > 0)) {
    return error(Error::kUnsupportedType, "'{}' is int16, the kernel takes no beta of {}", lowering.input(0).name, beta)
        .with_hint("use a beta above 0");
  }
  constexpr double kLowest = -10;
  constexpr double kScale = 1.0 / 32768;
  const std::vector<int16_t> exponentials =
      interpolated_table(kLowest, 0, kScale, [](double x) { return std::exp(x); });
  const std::vector<int16_t> reciprocals = interpolated_table(0, 1, kScale, [](double x) { return 1 / (1 + x); });
  // TFLite multiplies in float and divides in double.
  const FixedMultiplier fixed =
      quantize_multiplier(static_cast<double>(input.scale * static_cast<float>(beta)) / (-kLowest / 65535));
  params.multiplier = fixed.multiplier;
  params.shift = fixed.shift;
  TMC_TRY(lowering.emit<kernels::SoftmaxS16>(
      params, {kernels::make_blob(DType::kI16, exponentials), kernels::make_blob(DType::kI16, reciprocals)},
      {lowering.input_ref(0)}, {lowering.output_ref()}));
  return requantize_shares(lowering, {static_cast<float>(kScale), 0});
}

}  // namespace

Status lower_softmax(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Softmax>();
  const Shape& shape = lowering.input(0).type.shape;
  const int axis = op.axis < 0 ? op.axis + shape.rank() : op.axis;
  const auto outer = static_cast<int32_t>(shape.elements(0, axis));
  const auto depth = static_cast<int32_t>(shape[axis]);
  const auto inner = static_cast<int32_t>(shape.elements(axis + 1, shape.rank()));
  if (lowering.input(0).type.dtype == DType::kF32) {
    return emit_softmax_f32(lowering, {outer, depth, inner, static_cast<float>(op.beta)});
  }
  if (is_int16(lowering.input(0))) return emit_s16(lowering, {outer, depth, inner, 0, 0}, op.beta);
  const auto emit = op.wide ? emit_wide : emit_s8;
  return emit(lowering, {outer, depth, inner, 0}, op.beta);
}

}  // namespace tmc::select
