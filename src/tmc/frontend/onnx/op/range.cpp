// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "tmc/base/host/element.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

// Constant numbers only; they are computed here.
Status import_range(ImportContext& context) {
  double limits[3];
  DType dtype = DType::kF32;
  for (size_t i = 0; i < 3; ++i) {
    TMC_ASSIGN(const Constant* limit, context.constant(i, "limit"));
    if (limit->type.shape.elements() != 1) return error(Error::kMalformed, "its limits are no scalars");
    dtype = limit->type.dtype;
    limits[i] = load_element(dtype, limit->data.bytes().data());
  }
  const auto& [start, end, step] = limits;
  const double count = std::max(0.0, std::ceil((end - start) / step));
  constexpr double kMostElements = 1e6;
  if (!(count <= kMostElements)) return error(Error::kUnsupportedShape, "it asks for {} elements", count);
  TMC_TRY(context.budget().take_computed({DType::kF64, Shape::of(static_cast<int64_t>(count))}));
  std::vector<double> values;
  for (int64_t i = 0; i < static_cast<int64_t>(count); ++i) values.push_back(start + static_cast<double>(i) * step);
  const Constant exact{{DType::kF64, Shape::of(values.size())}, ir::TensorData::of(std::span<const double>(values))};
  TMC_ASSIGN(Constant range, map_constant(context.budget(), exact, dtype, [](double value) { return value; }));
  return context.finish_as(std::move(range));
}

}  // namespace tmc::frontend::onnx_format
