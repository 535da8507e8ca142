// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct HardSwish {
  static constexpr const char* kName = "hard_swish";
  static constexpr const char* kDoc = "x * min(max(x + 3, 0), 6) / 6.";
  static constexpr int32_t kElementwiseOperands = 1;

  static constexpr auto fields() { return std::tuple{}; }

  static Inferred infer(const HardSwish&, const InferInputs& in) { return same_as_first(in); }
};

}  // namespace tmc::ops
