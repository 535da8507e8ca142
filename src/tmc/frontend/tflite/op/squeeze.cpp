// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::tflite {

Status import_squeeze(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::SqueezeOptions>());
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  const Shape& shape = context.type(input).shape;
  const bool all = options->squeeze_dims() == nullptr || options->squeeze_dims()->size() == 0;
  std::vector<bool> dropped(static_cast<size_t>(shape.rank()), all);
  for (flatbuffers::uoffset_t i = 0; !all && i < options->squeeze_dims()->size(); ++i) {
    TMC_ASSIGN(const int axis, ops::normalize_axis(options->squeeze_dims()->Get(i), shape.rank()));
    if (shape[axis] != 1) return error(Error::kMalformed, "axis {} has extent {}, not 1", axis, shape[axis]);
    dropped[static_cast<size_t>(axis)] = true;
  }
  ops::Reshape op;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (!dropped[static_cast<size_t>(axis)] || shape[axis] != 1) op.shape.push_back(shape[axis]);
  }
  return context.finish(std::move(op), {input});
}

}  // namespace tmc::frontend::tflite
