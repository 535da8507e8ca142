// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Concat {
  static constexpr const char* kName = "concat";
  static constexpr const char* kDoc =
      "Joins tensors along an axis. Inputs: one or more of equal rank whose other extents agree.";
  static constexpr const char* kOnnx = "Concat";
  static constexpr size_t kOperands = 0;

  int32_t axis = 0;

  static constexpr auto fields() { return std::tuple{Field{"axis", &Concat::axis}}; }

  static Result<IndexMap> map(const Concat& op, const InferInputs& in) {
    Shape out = in[0].shape;
    TMC_ASSIGN(const int axis, normalize_axis(op.axis, out.rank()));
    for (size_t i = 1; i < in.size(); ++i) {
      Shape aligned = in[i].shape;
      if (aligned.rank() == out.rank()) aligned[axis] = out[axis];
      if (in[i].dtype != in[0].dtype || aligned != out) {
        return error(Error::kMalformed, "input {} does not match the first in dtype or extents", i);
      }
      out[axis] += in[i].shape[axis];
    }
    IndexMap map{out, {}};
    for (size_t i = 0, to = 0; i < in.size(); ++i) {
      const int64_t row = in[i].shape.elements(axis, out.rank());
      map.boxes.push_back({i,
                           0,
                           static_cast<int64_t>(to),
                           {{out.elements(0, axis), row, out.elements(axis, out.rank())}, {row, 1, 1}}});
      to += static_cast<size_t>(row);
    }
    return map;
  }
};

}  // namespace tmc::ops
