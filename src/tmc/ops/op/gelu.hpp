// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Gelu {
  static constexpr const char* kName = "gelu";
  static constexpr const char* kDoc = "x / 2 * (1 + erf(x / sqrt(2))), or that by tanh (Hendrycks and Gimpel 2016).";
  static constexpr int32_t kElementwiseOperands = 1;

  bool by_tanh = false;  // x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))

  static constexpr auto fields() { return std::tuple{Field{"by_tanh", &Gelu::by_tanh}}; }

  static Inferred infer(const Gelu&, const InferInputs& in) { return same_as_first(in); }
};

}  // namespace tmc::ops
