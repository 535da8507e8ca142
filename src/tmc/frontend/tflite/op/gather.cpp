// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/gather.hpp"
#include "tmc/frontend/common/index_lists.hpp"
#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::tflite {

// Constant indices; the axis becomes those of the indices.
Status import_gather(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::GatherOptions>());
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const FileTensor places, context.read_constant(1, "indices"));
  TMC_ASSIGN(const std::vector<int64_t> indices, context.constant_ints(1, "indices"));
  if (options->batch_dims() != 0) return error(Error::kUnsupportedOp, "batch dimensions are not supported");
  const Shape shape = context.type(input).shape;
  TMC_ASSIGN(const int axis, ops::normalize_axis(options->axis(), shape.rank()));
  ops::Gather op;
  op.read(axis, indices);
  if (places.type.shape.rank() == 1) return context.finish(std::move(op), {input});
  ops::Reshape shaped{gathered_extents(shape, axis, places.type.shape)};
  TMC_ASSIGN(const ir::ValueId gathered,
             context.append("_gathered", std::move(op), {input}, context.quantization(input)));
  return context.finish(std::move(shaped), {gathered});
}

}  // namespace tmc::frontend::tflite
