// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Min {
  static constexpr const char* kName = "min";
  static constexpr const char* kDoc = "The smaller of two float tensors, element by element, with numpy broadcasting.";
  static constexpr int32_t kElementwiseOperands = 2;

  static constexpr auto fields() { return std::tuple{}; }

  static Inferred infer(const Min&, const InferInputs& in) { return broadcast_binary(in); }
};

}  // namespace tmc::ops
