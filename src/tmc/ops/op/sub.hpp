// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Sub {
  static constexpr const char* kName = "sub";
  static constexpr const char* kDoc =
      "Difference of two tensors, element by element, with numpy broadcasting. A quantised tensor is read "
      "and written in its own scale.";
  static constexpr int32_t kElementwiseOperands = 2;

  Activation activation = Activation::kNone;

  static constexpr auto fields() { return std::tuple{Field{"activation", &Sub::activation}}; }

  static Inferred infer(const Sub&, const InferInputs& in) { return broadcast_binary(in); }
};

}  // namespace tmc::ops
