// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/normalization.hpp"

namespace tmc::ops {

struct LayerNorm {
  static constexpr const char* kName = "layer_norm";
  static constexpr const char* kDoc =
      "(x - mean) / sqrt(variance + epsilon) of the elements from an axis on, times a scale, plus a bias, which may "
      "both "
      "be absent and have the extents of those axes (Ba, Kiros and Hinton 2016).";

  int32_t axis = -1;
  double epsilon = 1e-5;

  static constexpr auto fields() {
    return std::tuple{Field{"axis", &LayerNorm::axis}, Field{"epsilon", &LayerNorm::epsilon}};
  }

  static Inferred infer(const LayerNorm& op, const InferInputs& in) { return normalized_type(op.axis, in, 3); }
};

}  // namespace tmc::ops
