// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/importers.hpp"
#include "tmc/frontend/keras/window.hpp"
#include "tmc/ops/op/expand.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::keras {
namespace {

using ir::ValueId;

Status import_flatten(LayerContext& context) {
  TMC_TRY(check_channels_last(context));
  TMC_ASSIGN(const ValueId value, context.input());
  return context.finish(ops::Reshape{{context.shape(value)[0], -1}}, {value});
}

Status import_reshape(LayerContext& context) {
  TMC_ASSIGN(const ValueId value, context.input());
  TMC_ASSIGN(std::vector<int64_t> extents, context.config().integers("target_shape"));
  extents.insert(extents.begin(), context.shape(value)[0]);
  return context.finish(ops::Reshape{extents}, {value});
}

// Axes are counted from 1 on, behind that of batches.
Status import_permute(LayerContext& context) {
  TMC_ASSIGN(const ValueId value, context.input());
  TMC_ASSIGN(std::vector<int64_t> axes, context.config().integers("dims"));
  axes.insert(axes.begin(), 0);
  return context.finish(ops::Transpose{axes}, {value});
}

Status import_repeat_vector(LayerContext& context) {
  TMC_ASSIGN(const ValueId value, context.input());
  TMC_TRY(ops::check_rank(context.type(value), 2, "input"));
  TMC_ASSIGN(const std::vector<int64_t> times, context.config().sizes("n", 1, 1));
  const Shape shape = context.shape(value);
  TMC_ASSIGN(const ValueId row, context.reshaped("_row", value, {shape[0], 1, shape[1]}));
  return context.finish(ops::Expand{{shape[0], times[0], shape[1]}}, {row});
}

}  // namespace

std::span<const Importer> shape_layers() {
  static constexpr Importer kLayers[] = {{"Flatten", import_flatten},
                                         {"Reshape", import_reshape},
                                         {"Permute", import_permute},
                                         {"RepeatVector", import_repeat_vector}};
  return kLayers;
}

}  // namespace tmc::frontend::keras
