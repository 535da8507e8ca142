// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <utility>

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Gather {
  static constexpr const char* kName = "gather";
  static constexpr const char* kDoc =
      "The tensor read at given indices along some axes: counts[i] of them along axes[i], in `indices` one list after "
      "the "
      "other. Other axes are read as they are.";

  std::vector<int64_t> axes;
  std::vector<int64_t> counts;
  std::vector<int64_t> indices;

  static constexpr auto fields() {
    return std::tuple{Field{"axes", &Gather::axes}, Field{"counts", &Gather::counts},
                      Field{"indices", &Gather::indices}};
  }

  void read(int64_t axis, const std::vector<int64_t>& at) {
    axes.push_back(axis);
    counts.push_back(std::ssize(at));
    indices.insert(indices.end(), at.begin(), at.end());
  }

  static Result<IndexMap> map(const Gather& op, const InferInputs& in) {
    Shape out = in[0].shape;
    std::vector<std::vector<IndexRun>> runs;
    for (const int64_t extent : out) runs.push_back({{0, 0, {{extent, 1}}}});
    std::span<const int64_t> left = op.indices;
    bool is_read[Shape::kMaxRank] = {};
    if (op.counts.size() != op.axes.size()) {
      return error(Error::kMalformed, "{} counts for {} axes", op.counts.size(), op.axes.size());
    }
    for (size_t i = 0; i < op.axes.size(); ++i) {
      TMC_ASSIGN(const int axis, normalize_axis(op.axes[i], out.rank()));
      if (op.counts[i] < 0 || op.counts[i] > std::ssize(left)) return error(Error::kMalformed, "indices are missing");
      const auto indices = left.first(static_cast<size_t>(op.counts[i]));
      left = left.subspan(indices.size());
      const int64_t extent = in[0].shape[axis];
      const auto outside = std::ranges::find_if(indices, [&](int64_t index) { return index < 0 || index >= extent; });
      if (outside != indices.end()) {
        return error(Error::kMalformed, "index {} is outside extent {}", *outside, extent);
      }
      runs[static_cast<size_t>(axis)] = runs_of(indices);
      out[axis] = op.counts[i];
      if (std::exchange(is_read[axis], true)) return error(Error::kMalformed, "axis {} is there twice", axis);
    }
    if (!left.empty()) return error(Error::kMalformed, "{} indices too many", left.size());
    return read_by_axis(in[0].shape, out, runs);
  }
};

}  // namespace tmc::ops
