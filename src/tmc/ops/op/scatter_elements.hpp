// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/run_time_index.hpp"

namespace tmc::ops {

struct ScatterElements {
  static constexpr const char* kName = "scatter_elements";
  static constexpr const char* kDoc =
      "The first tensor, where the elements of the third went to the indices (i32 or i64) of the second along an axis, "
      "at "
      "their place along the other axes: in place of what was there, or with a reduction (add, mul, min, max) joined "
      "with it. Indices below 0 count from the end, and those outside are clamped.";

  int32_t axis = 0;
  std::string reduction = "none";  // none: the last update of an element stays

  static constexpr auto fields() {
    return std::tuple{Field{"axis", &ScatterElements::axis}, Field{"reduction", &ScatterElements::reduction}};
  }

  static Inferred infer(const ScatterElements& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 3, 3));
    TMC_TRY(check_element_indices(op.axis, in[0].shape, in[1]).status());
    return infer_scatter(in, op.reduction, in[1].shape);
  }
};

}  // namespace tmc::ops
