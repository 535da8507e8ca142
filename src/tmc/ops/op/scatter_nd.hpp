// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/run_time_index.hpp"

namespace tmc::ops {

struct ScatterNd {
  static constexpr const char* kName = "scatter_nd";
  static constexpr const char* kDoc =
      "The first tensor, where the parts of the third went to the groups of indices (i32 or i64) that are the last "
      "axis of "
      "the second, one along each of the first axes: in place of what was there, or with a reduction (add, mul, min, "
      "max) joined with it. Indices below 0 count from the end, and those outside are clamped.";

  std::string reduction = "none";  // none: the last update of an element stays

  static constexpr auto fields() { return std::tuple{Field{"reduction", &ScatterNd::reduction}}; }

  static Inferred infer(const ScatterNd& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 3, 3));
    TMC_ASSIGN(const Shape updates, indexed_shape(0, in[0].shape, in[1]));
    return infer_scatter(in, op.reduction, updates);
  }
};

}  // namespace tmc::ops
