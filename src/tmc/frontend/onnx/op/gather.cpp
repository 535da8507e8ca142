// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

// Indices along one axis, counted from its end where negative.
Status normalize(std::vector<int64_t>& indices, int64_t extent) {
  for (int64_t& index : indices) {
    if (index < 0) index += extent;
    if (index < 0 || index >= extent) return error(Error::kMalformed, "index {} is outside extent {}", index, extent);
  }
  return {};
}

}  // namespace

// Constant indices into a constant, or one index into what is computed at run time.
Status import_gather(ImportContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape_of(0));
  TMC_ASSIGN(const int64_t given, context.attributes().integer("axis", 0));
  TMC_ASSIGN(const int axis, ops::normalize_axis(given, shape.rank()));
  TMC_TRY(context.tensor(1).status());
  if (!context.is_constant(1)) {
    return error(Error::kUnsupportedOp, "its indices ('{}') are computed at run time: look-ups are not covered",
                 context.input_name(1))
        .remedied_by("look the rows up outside of the model, and give them to it: cut it off behind this node");
  }
  TMC_ASSIGN(std::vector<int64_t> indices, context.constant_ints(1, "indices"));
  TMC_ASSIGN(const Shape index_shape, context.shape_of(1));
  TMC_TRY(normalize(indices, shape[axis]));
  std::vector<int64_t> extents(shape.begin(), shape.begin() + axis);
  extents.insert(extents.end(), index_shape.begin(), index_shape.end());
  extents.insert(extents.end(), shape.begin() + axis + 1, shape.end());
  if (const Constant* constant = context.constant_if(0)) {
    TMC_ASSIGN(const Shape out, read_extents(extents));
    const int64_t inner = shape.elements(axis + 1, shape.rank());
    const auto count = static_cast<int64_t>(indices.size());
    return import_picked(context, *constant, out, [&](int64_t number) {
      const int64_t index = indices[static_cast<size_t>(number / inner % count)];
      return (number / inner / count * shape[axis] + index) * inner + number % inner;
    });
  }
  if (indices.size() != 1) return error(Error::kUnsupportedOp, "gathering several indices at run time is not covered");
  ops::Slice slice{std::vector<int64_t>(static_cast<size_t>(shape.rank()), 0),
                   {shape.begin(), shape.end()},
                   std::vector<int64_t>(static_cast<size_t>(shape.rank()), 1)};
  slice.begins[static_cast<size_t>(axis)] = indices[0];
  slice.sizes[static_cast<size_t>(axis)] = 1;
  TMC_ASSIGN(ir::ValueId input, context.input(0));
  TMC_ASSIGN(input, context.append("_slice", std::move(slice), {input}));
  return context.finish(ops::Reshape{std::move(extents)}, {input});
}

}  // namespace tmc::frontend::onnx_format
