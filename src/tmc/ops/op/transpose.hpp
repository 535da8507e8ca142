// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Transpose {
  static constexpr const char* kName = "transpose";
  static constexpr const char* kDoc = "Permutes axes: output axis i is input axis perm[i].";

  std::vector<int64_t> perm;

  static constexpr auto fields() { return std::tuple{Field{"perm", &Transpose::perm}}; }

  static Result<IndexMap> map(const Transpose& op, const InferInputs& in) {
    const Shape& shape = in[0].shape;
    if (op.perm.size() != static_cast<size_t>(shape.rank())) {
      return error(Error::kMalformed, "permutation of {} axes for rank {}", op.perm.size(), shape.rank());
    }
    bool used[Shape::kMaxRank] = {};
    for (const int64_t axis : op.perm) {
      if (axis < 0 || axis >= shape.rank() || used[axis]) return error(Error::kMalformed, "not a permutation");
      used[axis] = true;
    }
    return permuting(shape, op.perm);
  }
};

}  // namespace tmc::ops
