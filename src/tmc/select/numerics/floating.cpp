// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/floating.hpp"

#include "tmc/base/float16.hpp"
#include "tmc/select/numerics/affine.hpp"

namespace tmc::select {
namespace {

Status require_constant(const ir::Value& value, const char* what) {
  if (value.is_constant()) return {};
  return error(Error::kUnsupportedType, "the {} '{}' is computed", what, value.name)
      .with_hint("use a matrix product and an addition, or make it constant");
}

}  // namespace

Result<std::vector<float>> float_bias(const Lowering& lowering, size_t outputs) {
  if (!lowering.has_input(2)) return std::vector<float>(outputs, 0);
  const ir::Value& bias = lowering.input(2);
  TMC_TRY(require_constant(bias, "bias"));
  if (bias.type.dtype == DType::kF16) {
    std::vector<float> wide;
    for (const uint16_t half : bias.data->to_vector<uint16_t>()) wide.push_back(widen_f16(half));
    return wide;
  }
  TMC_TRY(require_dtype(bias, DType::kF32));
  return bias.data->to_vector<float>();
}

Result<std::vector<kernels::Blob>> float_constants(const Lowering& lowering) {
  const ir::Value& weights = lowering.input(1);
  TMC_TRY(require_constant(weights, "weights"));
  const DType dtype = weights.type.dtype;
  if (dtype != DType::kF16) TMC_TRY(require_dtype(weights, DType::kF32));
  TMC_ASSIGN(const std::vector<float> bias, float_bias(lowering, static_cast<size_t>(weights.type.shape[0])));
  const auto bytes = weights.data->bytes();
  return std::vector<kernels::Blob>{{dtype, {bytes.begin(), bytes.end()}}, kernels::make_blob(DType::kF32, bias)};
}

}  // namespace tmc::select
