// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/run_time_index.hpp"

namespace tmc::ops {

struct GatherNd {
  static constexpr const char* kName = "gather_nd";
  static constexpr const char* kDoc =
      "The parts of the first tensor that groups of indices (i32 or i64) say, which are the last axis of the second: "
      "one "
      "along each of the first axes behind those of batches, which both have. Indices below 0 count from the end, and "
      "those outside are clamped.";

  int32_t batch_dims = 0;

  static constexpr auto fields() { return std::tuple{Field{"batch_dims", &GatherNd::batch_dims}}; }

  static Inferred infer(const GatherNd& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 2, 2));
    TMC_ASSIGN(const Shape shape, indexed_shape(op.batch_dims, in[0].shape, in[1]));
    return std::vector<TensorType>{{in[0].dtype, shape}};
  }
};

}  // namespace tmc::ops
