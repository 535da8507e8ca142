// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the gates of recurrent layers apply to their sums: the activations of ONNX's LSTM, GRU and RNN. Freestanding.

#include "tmc/function/real.hpp"
#include "tmc/function/unary/elu.hpp"
#include "tmc/function/unary/leaky_relu.hpp"
#include "tmc/function/unary/softplus.hpp"
#include "tmc/function/unary/softsign.hpp"
#include "tmc/function/unary/thresholded_relu.hpp"

namespace tmc::function {

enum class Gate : int32_t {
  kSigmoid,
  kTanh,
  kRelu,
  kAffine,  // alpha * x + beta
  kLeakyRelu,
  kThresholdedRelu,
  kScaledTanh,   // alpha * tanh(beta * x)
  kHardSigmoid,  // alpha * x + beta within [0, 1]
  kElu,
  kSoftsign,
  kSoftplus,
};

// As texts and files call them, in lower case; how many of alpha and beta they take, and ONNX's defaults.
struct GateName {
  const char* name;
  int32_t parameters;
  double alpha, beta;
};
inline constexpr GateName kGateNames[] = {
    {"sigmoid", 0, 0, 0},      {"tanh", 0, 0, 0},
    {"relu", 0, 0, 0},         {"affine", 2, 1, 0},
    {"leakyrelu", 1, 0.01, 0}, {"thresholdedrelu", 1, 1, 0},
    {"scaledtanh", 2, 1, 1},   {"hardsigmoid", 2, 0.2, 0.5},
    {"elu", 1, 1, 0},          {"softsign", 0, 0, 0},
    {"softplus", 0, 0, 0},
};

inline float gate_of(Gate gate, float alpha, float beta, float x) {
  switch (gate) {
    case Gate::kSigmoid:
      return sigmoid_of(x);
    case Gate::kTanh:
      return tanh_of(x);
    case Gate::kRelu:
      return x < 0 ? 0.0F : x;
    case Gate::kAffine:
      return alpha * x + beta;
    case Gate::kLeakyRelu:
      return LeakyRelu::apply(x, alpha);
    case Gate::kThresholdedRelu:
      return ThresholdedRelu::apply(x, alpha);
    case Gate::kScaledTanh:
      return alpha * tanh_of(beta * x);
    case Gate::kHardSigmoid: {
      const float line = alpha * x + beta;
      return line < 0 ? 0.0F : line > 1 ? 1.0F : line;
    }
    case Gate::kElu:
      return Elu::apply(x, alpha);
    case Gate::kSoftsign:
      return Softsign::apply(x);
    case Gate::kSoftplus:
      return Softplus::apply(x);
  }
  return x;
}

}  // namespace tmc::function
