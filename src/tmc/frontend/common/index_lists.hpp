// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which index of an axis each index of the result is, for operators that read axes at indices (ops/op/gather.hpp).

#include <cstdint>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/frontend/common/constants.hpp"
#include "tmc/ops/op/gather.hpp"

namespace tmc::frontend {

// An axis that goes on before its beginning and behind its end: "reflect" about the first and last element, "symmetric"
// about the edges beside them, "edge" repeats those elements, "wrap" begins anew. Counts may be negative, which takes
// elements away. kUnsupportedShape where the axis has too few elements, where pads are out of range, or where the
// budget, from which the list is taken, is spent.
Result<std::vector<int64_t>> extended_indices(ConstantBudget& budget, std::string_view mode, int64_t extent,
                                              int64_t before, int64_t after);

// What reads a tensor so along every axis that has pads; `pads` counts those before each axis, then those behind each.
// It has no axes where there are none. kMalformed where pads are missing.
Result<ops::Gather> extension(ConstantBudget& budget, std::string_view mode, const Shape& shape,
                              const std::vector<int64_t>& pads);

// The extents of a tensor that is read at indices along an axis, which becomes those of the indices.
std::vector<int64_t> gathered_extents(const Shape& shape, int axis, const Shape& indices);

// Takes a list of so many indices, which cost more than elements of other constants.
Status take_indices(ConstantBudget& budget, int64_t indices);

// Where on an axis element `index` of the resized one lies, in the terms of ONNX Resize. kUnsupportedOp for another
// coordinate_transformation_mode.
Result<float> source_coordinate(std::string_view mode, int64_t index, int64_t extent, int64_t resized, float scale);

// The nearest element of an axis that is resized, in the terms of ONNX Resize; `scale` is that of the operator. In
// float32, as onnxruntime and LiteRT compute it: an index may lie on the border of two.
struct Nearest {
  std::string_view coordinates = "half_pixel";  // coordinate_transformation_mode
  std::string_view rounding = "round_prefer_floor";
};
Result<std::vector<int64_t>> nearest_indices(ConstantBudget& budget, const Nearest& how, int64_t extent,
                                             int64_t resized, float scale);

}  // namespace tmc::frontend
