// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/channel_constants.hpp"

#include <algorithm>

namespace tmc::select {
namespace {

constexpr const char* kSymmetric = "quantise weights symmetrically, per tensor or along the output channels";

Result<std::vector<int32_t>> bias_of(const Lowering& lowering, size_t outputs) {
  if (!lowering.has_input(2)) return std::vector<int32_t>(outputs, 0);
  const ir::Value& bias = lowering.input(2);
  TMC_TRY(require_dtype(bias, DType::kI32));
  if (!bias.is_constant()) {
    return error(Error::kUnsupportedType, "the bias '{}' is computed", bias.name)
        .with_hint("add it with an operator of its own");
  }
  return bias.data->to_vector<int32_t>();
}

// The weights less their zero points.
Result<kernels::Blob> weights_of(const Lowering& lowering, bool is_int16_layer) {
  const ir::Value& weights = lowering.input(1);
  const std::vector<int8_t> stored = weights.data->to_vector<int8_t>();
  const size_t of_one = stored.size() / static_cast<size_t>(weights.type.shape[0]);
  std::vector<int16_t> wide;
  for (size_t i = 0; i < stored.size(); ++i) {
    wide.push_back(static_cast<int16_t>(stored[i] - weights.quantization.zero_point(i / of_one)));
  }
  const auto [least, most] = std::ranges::minmax(wide);
  if (least >= INT8_MIN && most <= INT8_MAX) {
    return kernels::make_blob(DType::kI8, std::vector<int8_t>(wide.begin(), wide.end()));
  }
  if (!is_int16_layer) return kernels::make_blob(DType::kI16, wide);
  return error(Error::kUnsupportedType,
               "its weights reach from {} to {} steps from their zero point, of an int16 layer", least, most)
      .with_hint(kSymmetric);
}

Status too_steep(const Lowering& lowering, size_t channel) {
  return error(Error::kUnsupportedType, "output channel {} multiplies its int16 sums by 2^{} or more", channel,
               kMostReducedShift)
      .with_hint(fmt::format("give '{}' a larger scale", lowering.output().name));
}

}  // namespace

Status check_weights(const ir::Value& weights) {
  TMC_TRY(require_dtype(weights, DType::kI8));
  if (!weights.is_constant()) {
    return error(Error::kUnsupportedType, "the weights '{}' are computed", weights.name)
        .with_hint("use a matrix product, or make the weights constant");
  }
  const Quantization& quantization = weights.quantization;
  if (quantization.empty() || (quantization.scales.size() > 1 && quantization.axis != 0)) {
    return error(Error::kUnsupportedType, "its weights are quantised neither per tensor nor per output channel")
        .with_hint(kSymmetric);
  }
  return {};
}

Status check_symmetric(const ir::Value& weights) {
  if (std::ranges::all_of(weights.quantization.zero_points, [](int32_t zero_point) { return zero_point == 0; }))
    return {};
  return error(Error::kUnsupportedType, "its weights have a zero point, as those of uint8 models do")
      .with_hint(kSymmetric);
}

Result<QuantizedLayer> quantized_layer(const Lowering& lowering, ops::Activation activation, SingleScale single_scale) {
  const bool wide = is_int16(lowering.input(0));
  const auto of = [wide](const ir::Value& value) { return wide ? symmetric_affine_of(value) : affine_of(value); };
  QuantizedLayer layer{};
  TMC_ASSIGN(layer.input, of(lowering.input(0)));
  TMC_ASSIGN(layer.output, of(lowering.output()));
  layer.range = activation_range(activation, layer.output, wide ? DType::kI16 : DType::kI8);
  const ir::Value& weights = lowering.input(1);
  TMC_TRY(check_weights(weights));
  const auto outputs = static_cast<size_t>(weights.type.shape[0]);
  TMC_ASSIGN(const std::vector<int32_t> bias, bias_of(lowering, outputs));

  const bool single = weights.quantization.scales.size() == 1;
  std::vector<int32_t> multipliers;
  std::vector<int32_t> shifts;
  for (size_t o = 0; o < outputs; ++o) {
    const float scale = weights.quantization.scales[single ? 0 : o];
    const double product = single && single_scale == SingleScale::kFloat
                               ? static_cast<double>(layer.input.scale * scale)
                               : static_cast<double>(layer.input.scale) * static_cast<double>(scale);
    const FixedMultiplier fixed =
        fixed_multiplier(product / static_cast<double>(layer.output.scale), lowering.requantization());
    if (wide && fixed.shift > kMostReducedShift) return too_steep(lowering, o);
    multipliers.push_back(fixed.multiplier);
    shifts.push_back(fixed.shift);
  }
  TMC_ASSIGN(kernels::Blob weights_blob, weights_of(lowering, wide));
  layer.constants = {std::move(weights_blob), kernels::make_blob(DType::kI32, bias),
                     kernels::make_blob(DType::kI32, multipliers), kernels::make_blob(DType::kI32, shifts)};
  return layer;
}

}  // namespace tmc::select
