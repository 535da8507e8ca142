// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/window.hpp"

#include <algorithm>

#include "tmc/frontend/common/same_padding.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::keras {

using ir::ValueId;

Status check_channels_last(LayerContext& context) {
  TMC_ASSIGN(const std::string format, context.config().text("data_format", "channels_last"));
  if (format == "channels_last") return {};
  return error(Error::kUnsupportedOp, "its data_format is '{}'", format)
      .with_hint("build the model with keras.backend.set_image_data_format('channels_last')");
}

Status Windows::set_pads(int64_t extent, int64_t size, int64_t step, int64_t distance, int32_t& before,
                         int32_t& after) const {
  if (padding == "valid") return {};
  if (padding == "causal" && is_sequence) {
    before = static_cast<int32_t>((size - 1) * distance);
    return {};
  }
  if (padding != "same") return error(Error::kUnsupportedOp, "its padding is '{}'", padding);
  const SamePadding pads = same_padding(extent, size, step, distance);
  before = pads.before;
  after = pads.after;
  return {};
}

Result<Windows> windows_of(LayerContext& context, const char* kernel, const char* stride) {
  TMC_TRY(check_channels_last(context));
  Windows windows;
  windows.is_sequence = context.class_name().find("1D") != std::string::npos;
  const size_t axes = windows.is_sequence ? 1 : 2;
  const Config& config = context.config();
  const auto read = [&](const char* name) -> Result<Sizes> {
    if (!config.has(name)) return Sizes{};
    TMC_ASSIGN(const std::vector<int64_t> sizes, config.sizes(name, axes, 1));
    return windows.is_sequence ? Sizes{1, sizes[0]} : Sizes{sizes[0], sizes[1]};
  };
  TMC_ASSIGN(windows.kernel, read(kernel));
  TMC_ASSIGN(windows.stride, read(config.has(stride) ? stride : kernel));  // pools step by their size
  TMC_ASSIGN(windows.dilation, read("dilation_rate"));
  TMC_ASSIGN(windows.padding, config.text("padding", "valid"));
  return windows;
}

Result<ValueId> image_of(LayerContext& context, const Windows& windows) {
  TMC_ASSIGN(const ValueId value, context.input());
  const Shape shape = context.shape(value);
  TMC_TRY(ops::check_rank(context.type(value), windows.is_sequence ? 3 : 4, "input"));
  if (!windows.is_sequence) return value;
  return context.reshaped("_row", value, {shape[0], 1, shape[1], shape[2]});
}

Result<ValueId> sequence_of(LayerContext& context, const Windows& windows, ValueId image) {
  if (!windows.is_sequence) return image;
  const Shape shape = context.shape(image);
  return context.reshaped("_steps", image, {shape[0], shape[2], shape[3]});
}

}  // namespace tmc::frontend::keras
