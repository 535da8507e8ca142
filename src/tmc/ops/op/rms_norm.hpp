// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/normalization.hpp"

namespace tmc::ops {

struct RmsNorm {
  static constexpr const char* kName = "rms_norm";
  static constexpr const char* kDoc =
      "x / sqrt(mean of x * x + epsilon) of the elements from an axis on, times a scale, which may be absent and has "
      "the "
      "extents of those axes (Zhang and Sennrich 2019).";

  int32_t axis = -1;
  double epsilon = 1e-5;

  static constexpr auto fields() {
    return std::tuple{Field{"axis", &RmsNorm::axis}, Field{"epsilon", &RmsNorm::epsilon}};
  }

  static Inferred infer(const RmsNorm& op, const InferInputs& in) { return normalized_type(op.axis, in, 2); }
};

}  // namespace tmc::ops
