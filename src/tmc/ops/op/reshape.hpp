// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Reshape {
  static constexpr const char* kName = "reshape";
  static constexpr const char* kDoc =
      "The same elements in the same order under another shape. Input: any. shape: the output's extents, "
      "one of which may be -1 for what is left. Covers flatten, squeeze and unsqueeze.";

  std::vector<int64_t> shape;

  static constexpr auto fields() { return std::tuple{Field{"shape", &Reshape::shape}}; }

  static Result<IndexMap> map(const Reshape& op, const InferInputs& in) {
    const int64_t elements = in[0].shape.elements();
    Shape out;
    int open_axis = -1;
    for (const int64_t extent : op.shape) {
      if (extent < -1 || (extent == -1 && open_axis >= 0))
        return error(Error::kMalformed, "bad extent {} in shape", extent);
      if (extent == -1) open_axis = out.rank();
      if (!out.push_back(extent == -1 ? 1 : extent))
        return error(Error::kUnsupportedShape, "rank above {}", Shape::kMaxRank);
    }
    const int64_t known = out.elements();
    if (open_axis >= 0 && known > 0 && elements % known == 0) out[open_axis] = elements / known;
    if (elements < 0 || out.elements() != elements) {
      return error(Error::kMalformed, "{} elements do not fill the shape", elements);
    }
    return read_in_order(out, std::array{StridedAxis{elements, 1}});
  }
};

}  // namespace tmc::ops
