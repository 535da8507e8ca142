// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Axes that are resized with what lies between elements: every element of the result is a weighted sum of some of the
// input, its taps, whose indices and weights are known beforehand. Along one axis after the other.

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "tmc/frontend/common/index_lists.hpp"
#include "tmc/ir/graph.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend {

// In the terms of ONNX Resize (opset 18).
struct Resampling {
  bool is_cubic = false;  // else linear
  std::string_view coordinates = "half_pixel";
  double cubic_coefficient = -0.75;
  bool exclude_outside = false;
  bool antialias = false;
  // Of coordinates tf_crop_and_resize, which read the axis from `begin` to `end`, parts of it, and give this outside
  // it.
  float begin = 0, end = 1, extrapolation = 0;
};

// The index and the weight of one tap for each element of the result.
struct Tap {
  std::vector<int64_t> indices;
  std::vector<float> weights;
};
struct Taps {
  std::vector<Tap> taps;
  std::vector<float> offsets;  // to be added; empty where they are all zero
};

// kUnsupportedShape where extents are out of range or the budget, from which the lists are taken, is spent.
Result<Taps> taps_of(ConstantBudget& budget, const Resampling& how, int64_t extent, int64_t resized, float scale);

// A vector along one axis.
template <typename ImportContext>
ir::ValueId vector_along(ImportContext& context, const std::string& suffix, const std::vector<float>& elements,
                         int axis, int rank) {
  Shape shape;
  for (int i = axis; i < rank; ++i) shape.push_back(i == axis ? std::ssize(elements) : 1);
  return context.graph().add_constant(context.output_name() + suffix, {DType::kF32, shape},
                                      ir::TensorData::of(std::span<const float>(elements)));
}

// Appends what resizes an axis of `value`, which is float.
template <typename ImportContext>
Result<ir::ValueId> resample(ImportContext& context, ir::ValueId value, int axis, const Taps& taps) {
  const int rank = context.type(value).shape.rank();
  ir::ValueId sum = ir::ValueId::kNone;
  const auto named = [&](const char* what, size_t k) { return fmt::format("_axis{}_{}{}", axis, what, k); };
  for (size_t k = 0; k < taps.taps.size(); ++k) {
    const Tap& tap = taps.taps[k];
    if (std::ranges::all_of(tap.weights, [](float weight) { return weight == 0; })) continue;
    ops::Gather op;
    op.read(axis, tap.indices);
    TMC_ASSIGN(const ir::ValueId elements, context.append(named("tap", k), std::move(op), {value}));
    const ir::ValueId weights = vector_along(context, named("weight", k), tap.weights, axis, rank);
    TMC_ASSIGN(const ir::ValueId product, context.append(named("part", k), ops::Mul{}, {elements, weights}));
    if (sum == ir::ValueId::kNone) {
      sum = product;
    } else {
      TMC_ASSIGN(sum, context.append(named("sum", k), ops::Add{}, {sum, product}));
    }
  }
  if (taps.offsets.empty()) return sum;
  const ir::ValueId offsets = vector_along(context, named("offset", 0), taps.offsets, axis, rank);
  return context.append(named("whole", 0), ops::Add{}, {sum, offsets});
}

// Ends the node at hand with a value under the name of its output.
template <typename ImportContext>
Status finish_resampled(ImportContext& context, ir::ValueId value) {
  const Shape& shape = context.type(value).shape;
  return context.finish(ops::Reshape{{shape.begin(), shape.end()}}, {value});
}

}  // namespace tmc::frontend
