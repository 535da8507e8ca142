// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Clip {
  static constexpr const char* kName = "clip";
  static constexpr const char* kDoc = "Limits every element to [min, max]. Covers relu, relu6 and relu_n1_to_1.";
  static constexpr int32_t kElementwiseOperands = 1;

  double min = 0;
  double max = 6;

  static constexpr auto fields() { return std::tuple{Field{"min", &Clip::min}, Field{"max", &Clip::max}}; }

  static Inferred infer(const Clip&, const InferInputs& in) { return same_as_first(in); }
};

}  // namespace tmc::ops
