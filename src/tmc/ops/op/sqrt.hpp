// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Sqrt {
  static constexpr const char* kName = "sqrt";
  static constexpr const char* kDoc = "Square root; NaN for what is negative.";

  static constexpr auto fields() { return std::tuple{}; }

  static Inferred infer(const Sqrt&, const InferInputs& in) { return same_as_first(in); }
};

}  // namespace tmc::ops
