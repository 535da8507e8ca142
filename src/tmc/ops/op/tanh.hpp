// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Tanh {
  static constexpr const char* kName = "tanh";
  static constexpr const char* kDoc = "Hyperbolic tangent.";

  static constexpr auto fields() { return std::tuple{}; }

  static Inferred infer(const Tanh&, const InferInputs& in) { return same_as_first(in); }
};

}  // namespace tmc::ops
