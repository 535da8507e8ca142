// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/index_lists.hpp"

#include <algorithm>
#include <cmath>

namespace tmc::frontend {
namespace {

constexpr int64_t kMostIndices = int64_t{1} << 18;

// An index costs as much as so many elements of a constant: the graph holds it, and every shape rule looks at it.
constexpr int64_t kElementsAnIndex = 32;

// Of an index outside [0, extent), back into it; `period` is what the pattern repeats after.
int64_t folded(int64_t index, int64_t period) {
  const int64_t rest = index % period;
  return rest < 0 ? rest + period : rest;
}

Result<float> rounded(std::string_view mode, float value) {
  if (mode == "round_prefer_floor") return std::ceil(value - 0.5F);
  if (mode == "round_prefer_ceil") return std::floor(value + 0.5F);
  if (mode == "floor") return std::floor(value);
  if (mode == "ceil") return std::ceil(value);
  return error(Error::kUnsupportedOp, "rounding of mode '{}' is not supported", mode);
}

}  // namespace

Status take_indices(ConstantBudget& budget, int64_t indices) {
  return budget.take_computed({DType::kI64, Shape::of(indices, kElementsAnIndex)});
}

Result<float> source_coordinate(std::string_view mode, int64_t index, int64_t extent, int64_t resized, float scale) {
  const auto at = static_cast<float>(index);
  const float half_pixel = (at + 0.5F) / scale - 0.5F;
  if (mode == "asymmetric") return at / scale;
  if (mode == "half_pixel") return half_pixel;
  if (mode == "pytorch_half_pixel") return resized > 1 ? half_pixel : 0.0F;
  if (mode == "tf_half_pixel_for_nn") return (at + 0.5F) / scale;
  if (mode == "align_corners") {
    // The length before it is cut to an integer, as ONNX's reference has it.
    const float exact = scale * static_cast<float>(extent);
    const float length = exact - static_cast<float>(resized) > 1e-3F ? exact : static_cast<float>(resized);
    return resized > 1 ? at * static_cast<float>(extent - 1) / (length - 1) : 0.0F;
  }
  if (mode == "half_pixel_symmetric") {
    const float adjustment = static_cast<float>(resized) / (scale * static_cast<float>(extent));
    return static_cast<float>(extent) / 2 * (1 - adjustment) + half_pixel;
  }
  return error(Error::kUnsupportedOp, "coordinates of mode '{}' are not supported", mode);
}

Result<std::vector<int64_t>> extended_indices(ConstantBudget& budget, std::string_view mode, int64_t extent,
                                              int64_t before, int64_t after) {
  const auto is_far = [](int64_t pads) { return pads < -kMostIndices || pads > kMostIndices; };
  if (is_far(before) || is_far(after) || extent + before + after < 1) {
    return error(Error::kUnsupportedShape, "pads {} and {} of extent {} are out of range", before, after, extent);
  }
  TMC_TRY(take_indices(budget, extent + before + after));
  const bool reflects = mode == "reflect" && extent > 1;
  std::vector<int64_t> indices;
  for (int64_t at = -before; at < extent + after; ++at) {
    int64_t index = std::clamp<int64_t>(at, 0, extent - 1);  // edge
    if (mode == "wrap") index = folded(at, extent);
    if (mode == "symmetric") index = folded(at, 2 * extent);
    if (reflects) index = folded(at, 2 * extent - 2);
    if (index >= extent) index = 2 * extent - (reflects ? 2 : 1) - index;
    indices.push_back(index);
  }
  return indices;
}

Result<ops::Gather> extension(ConstantBudget& budget, std::string_view mode, const Shape& shape,
                              const std::vector<int64_t>& pads) {
  const auto rank = static_cast<size_t>(shape.rank());
  if (pads.size() != 2 * rank) return error(Error::kMalformed, "{} pads for rank {}", pads.size(), rank);
  ops::Gather op;
  for (size_t axis = 0; axis < rank; ++axis) {
    if (pads[axis] == 0 && pads[axis + rank] == 0) continue;
    TMC_ASSIGN(const std::vector<int64_t> indices,
               extended_indices(budget, mode, shape[static_cast<int>(axis)], pads[axis], pads[axis + rank]));
    op.read(static_cast<int64_t>(axis), indices);
  }
  return op;
}

std::vector<int64_t> gathered_extents(const Shape& shape, int axis, const Shape& indices) {
  std::vector<int64_t> extents(shape.begin(), shape.begin() + axis);
  extents.insert(extents.end(), indices.begin(), indices.end());
  extents.insert(extents.end(), shape.begin() + axis + 1, shape.end());
  return extents;
}

Result<std::vector<int64_t>> nearest_indices(ConstantBudget& budget, const Nearest& how, int64_t extent,
                                             int64_t resized, float scale) {
  if (resized < 1 || resized > kMostIndices || !(scale > 0)) {
    return error(Error::kUnsupportedShape, "an axis of {} is to have {} elements", extent, resized);
  }
  TMC_TRY(take_indices(budget, resized));
  std::vector<int64_t> indices;
  for (int64_t at = 0; at < resized; ++at) {
    TMC_ASSIGN(const float real, source_coordinate(how.coordinates, at, extent, resized, scale));
    TMC_ASSIGN(const float nearest, rounded(how.rounding, real));
    indices.push_back(static_cast<int64_t>(std::clamp(nearest, 0.0F, static_cast<float>(extent - 1))));
  }
  return indices;
}

}  // namespace tmc::frontend
