// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Erf {
  static constexpr const char* kName = "erf";
  static constexpr const char* kDoc = "Error function.";

  static constexpr auto fields() { return std::tuple{}; }

  static Inferred infer(const Erf&, const InferInputs& in) { return same_as_first(in); }
};

}  // namespace tmc::ops
