// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/options.hpp"

#include "tmc/frontend/common/same_padding.hpp"

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
  if (padding != schema::Padding::SAME) return {};
  const SamePadding pads = same_padding(input, kernel, stride, dilation);
  return {pads.before, pads.after};
}

}  // namespace tmc::frontend::tflite
