// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/run_time_index.hpp"

namespace tmc::ops {

struct Lookup {
  static constexpr const char* kName = "lookup";
  static constexpr const char* kDoc =
      "The first tensor read along an axis at the indices that the second holds (i32 or i64), whose axes take the "
      "place "
      "of that axis. Indices below 0 count from the end, and those outside are clamped.";

  int32_t axis = 0;

  static constexpr auto fields() { return std::tuple{Field{"axis", &Lookup::axis}}; }

  static Inferred infer(const Lookup& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 2, 2));
    TMC_TRY(check_indices(in[1]));
    TMC_ASSIGN(const int axis, normalize_axis(op.axis, in[0].shape.rank()));
    if (in[0].shape[axis] < 1) return error(Error::kUnsupportedShape, "the data have no elements along axis {}", axis);
    if (in[0].shape.rank() - 1 + in[1].shape.rank() > Shape::kMaxRank) {
      return error(Error::kUnsupportedShape, "the result has a rank above {}", Shape::kMaxRank);
    }
    Shape shape;
    for (int i = 0; i < axis; ++i) shape.push_back(in[0].shape[i]);
    for (const int64_t extent : in[1].shape) shape.push_back(extent);
    for (int i = axis + 1; i < in[0].shape.rank(); ++i) shape.push_back(in[0].shape[i]);
    return std::vector<TensorType>{{in[0].dtype, shape}};
  }
};

}  // namespace tmc::ops
