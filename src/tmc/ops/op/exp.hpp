// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Exp {
  static constexpr const char* kName = "exp";
  static constexpr const char* kDoc = "Exponential function.";

  static constexpr auto fields() { return std::tuple{}; }

  static Inferred infer(const Exp&, const InferInputs& in) { return same_as_first(in); }
};

}  // namespace tmc::ops
