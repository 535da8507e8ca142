// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/run_time_index.hpp"

namespace tmc::ops {

struct GatherElements {
  static constexpr const char* kName = "gather_elements";
  static constexpr const char* kDoc =
      "For every element of the second tensor, indices (i32 or i64) along an axis of the first, the element that lies "
      "there, at the same place along the other axes. Indices below 0 count from the end, and those outside are "
      "clamped.";

  int32_t axis = 0;

  static constexpr auto fields() { return std::tuple{Field{"axis", &GatherElements::axis}}; }

  static Inferred infer(const GatherElements& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 2, 2));
    TMC_TRY(check_element_indices(op.axis, in[0].shape, in[1]).status());
    return std::vector<TensorType>{{in[0].dtype, in[1].shape}};
  }
};

}  // namespace tmc::ops
