// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/resample.hpp"
#include "tmc/frontend/keras/importers.hpp"
#include "tmc/frontend/keras/window.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::keras {
namespace {

using ir::ValueId;

// Every index so often.
Result<ValueId> repeated(LayerContext& context, ValueId value, int axis, int64_t times) {
  const int64_t extent = context.shape(value)[axis];
  TMC_TRY(take_indices(context.budget(), extent * times));
  std::vector<int64_t> indices;
  for (int64_t i = 0; i < extent * times; ++i) indices.push_back(i / times);
  ops::Gather op;
  op.read(axis, indices);
  return context.append("_repeated" + std::to_string(axis), std::move(op), {value});
}

Result<ValueId> interpolated(LayerContext& context, ValueId value, int axis, int64_t times) {
  const int64_t extent = context.shape(value)[axis];
  TMC_ASSIGN(const Taps taps,
             taps_of(context.budget(), Resampling{}, extent, extent * times, static_cast<float>(times)));
  return resample(context, value, axis, taps);
}

Status import_up_sampling(LayerContext& context) {
  TMC_TRY(check_channels_last(context));
  TMC_ASSIGN(ValueId value, context.input());
  const size_t axes = context.class_name().find("1D") != std::string::npos ? 1 : 2;
  TMC_TRY(ops::check_rank(context.type(value), static_cast<int>(axes) + 2, "input"));
  TMC_ASSIGN(const std::vector<int64_t> times, context.config().sizes("size", axes, 1));
  TMC_ASSIGN(const std::string how, context.config().text("interpolation", "nearest"));
  if (how != "nearest" && how != "bilinear") return error(Error::kUnsupportedOp, "its interpolation is '{}'", how);
  for (size_t i = 0; i < axes; ++i) {
    if (times[i] == 1) continue;
    const int axis = static_cast<int>(i) + 1;
    TMC_ASSIGN(value, how == "nearest" ? repeated(context, value, axis, times[i])
                                       : interpolated(context, value, axis, times[i]));
  }
  return context.finish_as(value);
}

}  // namespace

std::span<const Importer> up_sampling_layers() {
  static constexpr Importer kLayers[] = {{"UpSampling1D", import_up_sampling}, {"UpSampling2D", import_up_sampling}};
  return kLayers;
}

}  // namespace tmc::frontend::keras
