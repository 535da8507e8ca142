// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Div {
  static constexpr const char* kName = "div";
  static constexpr const char* kDoc = "Quotient of two float tensors, element by element, with numpy broadcasting.";
  static constexpr int32_t kElementwiseOperands = 2;

  Activation activation = Activation::kNone;

  static constexpr auto fields() { return std::tuple{Field{"activation", &Div::activation}}; }

  static Inferred infer(const Div&, const InferInputs& in) { return broadcast_binary(in); }
};

}  // namespace tmc::ops
