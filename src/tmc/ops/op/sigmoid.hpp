// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Sigmoid {
  static constexpr const char* kName = "sigmoid";
  static constexpr const char* kDoc = "1 / (1 + exp(-x)).";

  static constexpr auto fields() { return std::tuple{}; }

  static Inferred infer(const Sigmoid&, const InferInputs& in) { return same_as_first(in); }
};

}  // namespace tmc::ops
