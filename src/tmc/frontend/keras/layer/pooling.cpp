// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/importers.hpp"
#include "tmc/frontend/keras/window.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/average_pool2d.hpp"
#include "tmc/ops/op/max_pool2d.hpp"

namespace tmc::frontend::keras {
namespace {

using ir::ValueId;

template <typename Op>
Status import_pooling(LayerContext& context) {
  TMC_ASSIGN(const Windows windows, windows_of(context, "pool_size", "strides"));
  TMC_ASSIGN(const ValueId image, image_of(context, windows));
  Op op;
  op.kernel_h = static_cast<int32_t>(windows.kernel.h);
  op.kernel_w = static_cast<int32_t>(windows.kernel.w);
  TMC_TRY(windows.set(op, context.shape(image)));
  TMC_ASSIGN(const ValueId pooled, context.append("_pooled", op, {image}));
  TMC_ASSIGN(const ValueId value, sequence_of(context, windows, pooled));
  return context.finish_as(value);
}

// Over all axes but those of batches and channels.
template <typename Op>
Status import_global_pooling(LayerContext& context) {
  TMC_TRY(check_channels_last(context));
  TMC_ASSIGN(const ValueId value, context.input());
  Op op;
  for (int axis = 1; axis + 1 < context.shape(value).rank(); ++axis) op.axes.push_back(axis);
  if (op.axes.empty()) return error(Error::kMalformed, "its input has rank {}", context.shape(value).rank());
  TMC_ASSIGN(op.keep_dims, context.config().truth("keepdims", false));
  return context.finish(std::move(op), {value});
}

}  // namespace

std::span<const Importer> pooling_layers() {
  static constexpr Importer kLayers[] = {{"MaxPooling1D", import_pooling<ops::MaxPool2d>},
                                         {"MaxPooling2D", import_pooling<ops::MaxPool2d>},
                                         {"AveragePooling1D", import_pooling<ops::AveragePool2d>},
                                         {"AveragePooling2D", import_pooling<ops::AveragePool2d>},
                                         {"GlobalMaxPooling1D", import_global_pooling<ops::ReduceMax>},
                                         {"GlobalMaxPooling2D", import_global_pooling<ops::ReduceMax>},
                                         {"GlobalAveragePooling1D", import_global_pooling<ops::Mean>},
                                         {"GlobalAveragePooling2D", import_global_pooling<ops::Mean>}};
  return kLayers;
}

}  // namespace tmc::frontend::keras
