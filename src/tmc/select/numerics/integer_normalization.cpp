// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/integer_normalization.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/ir/constant_reals.hpp"
#include "tmc/kernels/contract/norm.hpp"
#include "tmc/ops/normalization.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/signal.hpp"

namespace tmc::select {
namespace {

// The reals of an input, one for each element of a row.
Result<std::vector<float>> row_constant(const Lowering& lowering, size_t index, int64_t depth, float otherwise) {
  if (!lowering.has_input(index)) return std::vector<float>(static_cast<size_t>(depth), otherwise);
  const ir::Value& value = lowering.input(index);
  if (!value.is_constant()) {
    return error(Error::kUnsupportedType, "'{}' is computed, and '{}' is {}", value.name, lowering.input(0).name,
                 dtype_name(lowering.input(0).type.dtype))
        .with_hint("make the scale and the bias constant, or keep this node in float");
  }
  if (dtype_is_float(value.type.dtype) || !value.quantization.empty()) return ir::constant_reals(value);
  return error(Error::kUnsupportedType, "'{}' is {} without a scale", value.name, dtype_name(value.type.dtype))
      .with_hint("give it in float");
}

double largest(const std::vector<double>& values) {
  double most = 0;
  for (const double value : values) most = std::max(most, std::abs(value));
  return most;
}

// Bits behind the point: of what is normalised, and of the products with the scales.
struct Places {
  int32_t fraction, shift;
};

// A shift of 16 is what implementations like best; it takes nothing from results of 8 bits.
Result<Places> find_places(int64_t depth, double most_scale, double most_bias, bool is_narrow) {
  int32_t most_fraction = 14;
  while ((depth << (2 * most_fraction)) >= int64_t{1} << 30) --most_fraction;
  const auto holds = [&](const Places& places) {
    return std::ldexp(most_scale, places.shift - places.fraction) <= INT16_MAX &&
           std::ldexp(most_bias + 1, places.shift) <= 0x1p30;
  };
  constexpr int32_t kUsualShift = 16, kEnoughFraction = 10;
  for (int32_t fraction = std::min(most_fraction, kEnoughFraction); is_narrow && fraction <= most_fraction;
       ++fraction) {
    if (holds({fraction, kUsualShift})) return Places{fraction, kUsualShift};
  }
  for (int32_t shift = 29; shift >= 0; --shift) {
    if (holds({most_fraction, shift})) return Places{most_fraction, shift};
  }
  return error(Error::kUnsupportedType, "a scale or a bias is too large for the output's scale")
      .with_hint("keep this node in float");
}

// depth^2 times the epsilon in squares of the input's steps, of so many bits behind the point.
Status set_epsilon(double epsilon, double depth, double input_scale, int bits, int32_t& mantissa, int32_t& shift) {
  double value = std::ldexp(depth * depth * epsilon / (input_scale * input_scale), bits);
  for (shift = 0; value > 0x1p31 - 1; ++shift) value /= 2;
  if (shift > 30 || !(value >= 0)) {
    return error(Error::kUnsupportedType, "its epsilon, {}, is none of its input's scale, {}", epsilon, input_scale)
        .with_hint("keep this node in float");
  }
  mantissa = static_cast<int32_t>(std::llround(value));
  return {};
}

template <typename Contract>
Status emit(Lowering& lowering, int32_t axis, double epsilon, bool centred, bool is_narrow) {
  const DType dtype = activation_dtype(lowering.input(0));
  TMC_ASSIGN(const Affine input, activation_affine_of(lowering.input(0), dtype));
  TMC_ASSIGN(const Affine output, activation_affine_of(lowering.output(), dtype));
  const auto [rows, depth] = ops::normalized_rows(axis, lowering.input(0).type.shape);
  if (depth > Contract::kMostDepth) {
    return error(Error::kUnsupportedType, "its rows have {} elements; of integers at most {} are supported", depth,
                 Contract::kMostDepth)
        .with_hint("keep this node in float");
  }
  TMC_ASSIGN(const std::vector<float> scales, row_constant(lowering, 1, depth, 1));
  TMC_ASSIGN(const std::vector<float> biases, row_constant(lowering, 2, depth, 0));
  const auto step = static_cast<double>(output.scale);
  std::vector<double> factors, addends;
  for (const float scale : scales) factors.push_back(scale / step);
  for (const float bias : biases) addends.push_back(bias / step + output.zero_point);
  TMC_ASSIGN(const Places places, find_places(depth, largest(factors), largest(addends), is_narrow));
  typename Contract::Params p{.elements = elements_of(lowering.input(0)),
                              .depth = static_cast<int32_t>(depth),
                              .centred = centred ? 1 : 0,
                              .input_zero_point = centred ? 0 : input.zero_point,
                              .epsilon = 0,
                              .epsilon_shift = 0,
                              .fraction = places.fraction,
                              .shift = places.shift};
  TMC_TRY(set_epsilon(epsilon, static_cast<double>(depth), static_cast<double>(input.scale), Contract::kBits, p.epsilon,
                      p.epsilon_shift));
  std::vector<int16_t> scale;
  std::vector<int32_t> bias;
  for (const double factor : factors) {
    scale.push_back(static_cast<int16_t>(std::lround(std::ldexp(factor, places.shift - places.fraction))));
  }
  for (const double addend : addends) {
    const double half = places.shift > 0 ? 0.5 : 0;
    bias.push_back(static_cast<int32_t>(std::lround(std::ldexp(addend + half, places.shift))));
  }
  return lowering.emit<Contract>(p, {kernels::make_blob(DType::kI16, scale), kernels::make_blob(DType::kI32, bias)},
                                 {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace

Status emit_integer_normalization(Lowering& lowering, int32_t axis, double epsilon, bool centred) {
  if (is_int16(lowering.input(0))) return emit<kernels::NormS16>(lowering, axis, epsilon, centred, false);
  return emit<kernels::NormS8>(lowering, axis, epsilon, centred, true);
}

}  // namespace tmc::select
