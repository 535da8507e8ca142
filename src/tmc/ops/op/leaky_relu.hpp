// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct LeakyRelu {
  static constexpr const char* kName = "leaky_relu";
  static constexpr const char* kDoc = "x where x is positive, alpha * x elsewhere.";
  static constexpr int32_t kElementwiseOperands = 1;

  double alpha = 0.01;

  static constexpr auto fields() { return std::tuple{Field{"alpha", &LeakyRelu::alpha}}; }

  static Inferred infer(const LeakyRelu&, const InferInputs& in) { return same_as_first(in); }
};

}  // namespace tmc::ops
