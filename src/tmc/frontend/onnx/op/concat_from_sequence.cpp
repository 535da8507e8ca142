// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/sequence.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

// Along an axis that the elements have, or a new one.
Status import_concat_from_sequence(ImportContext& context) {
  TMC_ASSIGN(const std::vector<FileTensor> elements, sequence_of(context));
  TMC_ASSIGN(std::vector<ir::ValueId> values, values_of(context, elements));
  const Attributes attributes = context.attributes();
  TMC_ASSIGN(const int64_t given, attributes.integer("axis", 0));
  TMC_ASSIGN(const int64_t is_new, attributes.integer("new_axis", 0));
  const int rank = context.type(values[0]).shape.rank() + (is_new != 0 ? 1 : 0);
  TMC_ASSIGN(const int axis, ops::normalize_axis(given, rank));
  for (size_t i = 0; is_new != 0 && i < values.size(); ++i) {
    const Shape& shape = context.type(values[i]).shape;
    if (shape.rank() + 1 != rank) return error(Error::kMalformed, "its elements have several ranks");
    std::vector<int64_t> extents(shape.begin(), shape.end());
    extents.insert(extents.begin() + axis, 1);
    TMC_ASSIGN(values[i], context.append(fmt::format("_element{}", i), ops::Reshape{extents}, {values[i]}));
  }
  return context.finish(ops::Concat{.axis = axis}, std::move(values));
}

}  // namespace tmc::frontend::onnx_format
