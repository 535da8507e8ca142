// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::tflite {

// Tensors of one shape along a new axis.
Status import_pack(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::PackOptions>());
  TMC_ASSIGN(const ir::ValueId first, context.input(0));
  const Shape shape = context.type(first).shape;
  TMC_ASSIGN(const int axis, ops::normalize_axis(options->axis(), shape.rank() + 1));
  std::vector<int64_t> extents(shape.begin(), shape.end());
  extents.insert(extents.begin() + axis, 1);
  std::vector<ir::ValueId> parts;
  for (size_t i = 0; i < context.input_count(); ++i) {
    TMC_ASSIGN(const ir::ValueId input, context.input(i));
    TMC_ASSIGN(parts.emplace_back(),
               context.append(fmt::format("_part{}", i), ops::Reshape{extents}, {input}, context.quantization(input)));
  }
  return context.finish(ops::Concat{.axis = axis}, std::move(parts));
}

}  // namespace tmc::frontend::tflite
