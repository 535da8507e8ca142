// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/options.hpp"

#include <algorithm>

namespace tmc::frontend::tflite {

Result<ops::Activation> read_activation(schema::ActivationFunctionType activation) {
  switch (activation) {
    case schema::ActivationFunctionType::NONE:
      return ops::Activation::kNone;
    case schema::ActivationFunctionType::RELU:
      return ops::Activation::kRelu;
    case schema::ActivationFunctionType::RELU6:
      return ops::Activation::kRelu6;
    case schema::ActivationFunctionType::RELU_N1_TO_1:
      return ops::Activation::kReluN1To1;
    default:
      break;
  }
  return error(Error::kUnsupportedOp, "the fused activation {} is not supported", static_cast<int>(activation));
}

Pads read_padding(schema::Padding padding, int64_t input, int64_t kernel, int64_t stride, int64_t dilation) {
  constexpr int64_t kLimit = INT32_MAX;
  if (padding != schema::Padding::SAME || stride < 1 || dilation < 1 || kernel < 1 || input < 1) return {};
  if (kernel > kLimit / dilation || input > kLimit) return {};
  const int64_t outputs = (input - 1) / stride + 1;
  const int64_t reach = (outputs - 1) * stride + (kernel - 1) * dilation + 1;
  const int64_t total = std::clamp<int64_t>(reach - input, 0, kLimit);
  return {static_cast<int32_t>(total / 2), static_cast<int32_t>(total - total / 2)};
}

}  // namespace tmc::frontend::tflite
