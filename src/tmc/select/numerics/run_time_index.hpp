// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The params of lookup and scatter: how the axes of a dense tensor (what is read, or the updates) lie in the indices
// and in the data.

#include <vector>

#include "tmc/select/lowering.hpp"
#include "tmc/select/numerics/move.hpp"

namespace tmc::select {

// One axis of the dense tensor; the strides count elements.
struct IndexedAxis {
  int64_t extent, data_stride, index_stride;
};
// Outermost first; `first` of the data's axes and so many from it on are indexed.
struct IndexedAxes {
  std::vector<IndexedAxis> axes;
  int first = 0;
  int count = 1;
};

// Of operators whose indices stand along one axis of the data and replace it.
IndexedAxes along_axis(const Shape& data, const Shape& indices, int axis);
// Of operators whose indices have the data's axes.
IndexedAxes of_elements(const Shape& data, const Shape& indices, int axis);
// Of operators whose indices come in groups along their last axis.
IndexedAxes of_groups(const Shape& data, const Shape& indices, int batch_dims);

// The elements that are read at indices: output 0 from inputs 0 and 1.
Status emit_lookup(Lowering& lowering, const IndexedAxes& axes);
// The elements that are written there: output 0 from inputs 0, 1 and 2.
Status emit_scatter(Lowering& lowering, const IndexedAxes& axes, const std::string& reduction);

}  // namespace tmc::select
