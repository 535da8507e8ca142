// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Relu {
  static constexpr const char* kName = "relu";
  static constexpr const char* kDoc = "max(x, 0).";
  static constexpr int32_t kElementwiseOperands = 1;

  static constexpr auto fields() { return std::tuple{}; }

  static Inferred infer(const Relu&, const InferInputs& in) { return same_as_first(in); }
};

}  // namespace tmc::ops
