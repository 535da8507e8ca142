// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::tflite {

// What lies along an axis, which goes: a tensor for each index of it.
Status import_unpack(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::UnpackOptions>());
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  const Shape shape = context.type(input).shape;
  TMC_ASSIGN(const int axis, ops::normalize_axis(options->axis(), shape.rank()));
  if (shape[axis] != static_cast<int64_t>(context.output_count())) {
    return error(Error::kMalformed, "axis {} has extent {}, for {} outputs", axis, shape[axis], context.output_count());
  }
  std::vector<int64_t> extents(shape.begin(), shape.end());
  extents.erase(extents.begin() + axis);
  for (int64_t part = 0; part < shape[axis]; ++part) {
    ops::Slice slice = ops::Slice::whole(shape);
    slice.read(axis, part, 1);
    TMC_ASSIGN(const ir::ValueId cut,
               context.append(fmt::format("_part{}", part), std::move(slice), {input}, context.quantization(input)));
    TMC_TRY(context.finish_output(static_cast<size_t>(part), ops::Reshape{extents}, {cut}));
  }
  return {};
}

}  // namespace tmc::frontend::tflite
