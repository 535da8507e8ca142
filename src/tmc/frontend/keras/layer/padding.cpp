// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/importers.hpp"
#include "tmc/frontend/keras/window.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::keras {
namespace {

using ir::ValueId;

// Counts before and behind each axis but the first and the last: one number for all, one an axis, or a pair an axis.
Result<std::vector<std::pair<int64_t, int64_t>>> counts_of(LayerContext& context, const char* member, size_t axes) {
  const json::Value& value = context.config().json()[member];
  std::vector<std::pair<int64_t, int64_t>> counts;
  // A sequence has one pair, without brackets around it.
  if (axes == 1 && value.size() == 2) {
    TMC_ASSIGN(const std::vector<int64_t> pair, context.config().sizes(member, 2, 0));
    counts.emplace_back(pair[0], pair[1]);
    return counts;
  }
  for (size_t axis = 0; axis < axes; ++axis) {
    json::Value alone = json::Value::object();
    alone.append("pair", value.size() > 0 ? value.at(axis) : value);
    TMC_ASSIGN(const std::vector<int64_t> pair, Config(alone).sizes("pair", 2, 0));
    counts.emplace_back(pair[0], pair[1]);
  }
  return counts;
}

size_t axes_of(const LayerContext& context) {
  return context.class_name().find("1D") != std::string::npos ? 1 : 2;
}

// The layer's input, of a batch, `axes` and channels.
Result<ValueId> padded_input(LayerContext& context, size_t axes) {
  TMC_TRY(check_channels_last(context));
  TMC_ASSIGN(const ValueId value, context.input());
  TMC_TRY(ops::check_rank(context.type(value), static_cast<int>(axes) + 2, "input"));
  return value;
}

Status import_zero_padding(LayerContext& context) {
  const size_t axes = axes_of(context);
  TMC_ASSIGN(const ValueId value, padded_input(context, axes));
  TMC_ASSIGN(const auto counts, counts_of(context, "padding", axes));
  ops::Pad op;
  op.pads.assign(2 * (axes + 2), 0);
  for (size_t i = 0; i < axes; ++i) {
    op.pads[i + 1] = counts[i].first;
    op.pads[i + 1 + axes + 2] = counts[i].second;
  }
  return context.finish(std::move(op), {value});
}

Status import_cropping(LayerContext& context) {
  const size_t axes = axes_of(context);
  TMC_ASSIGN(const ValueId value, padded_input(context, axes));
  TMC_ASSIGN(const auto counts, counts_of(context, "cropping", axes));
  const Shape shape = context.shape(value);
  ops::Slice op = ops::Slice::whole(shape);
  for (size_t i = 0; i < axes; ++i) {
    const auto axis = static_cast<int>(i) + 1;
    const int64_t left = shape[axis] - counts[i].first - counts[i].second;
    if (left < 1) return error(Error::kMalformed, "it leaves nothing of axis {}", axis);
    op.read(axis, counts[i].first, left);
  }
  return context.finish(std::move(op), {value});
}

}  // namespace

std::span<const Importer> padding_layers() {
  static constexpr Importer kLayers[] = {{"ZeroPadding1D", import_zero_padding},
                                         {"ZeroPadding2D", import_zero_padding},
                                         {"Cropping1D", import_cropping},
                                         {"Cropping2D", import_cropping}};
  return kLayers;
}

}  // namespace tmc::frontend::keras
