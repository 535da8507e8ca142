// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/volume.hpp"

#include "tmc/frontend/onnx/weights.hpp"
#include "tmc/frontend/onnx/window.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

constexpr int32_t kMostTaps = 256;  // along the depth: each is a convolution

class VolumeConv {
 public:
  explicit VolumeConv(ImportContext& context) : context_(context) {}

  Status run() {
    TMC_ASSIGN(ValueId volume, context_.input(0));
    TMC_ASSIGN(weights_, context_.input(1));
    TMC_ASSIGN(const ValueId bias, context_.optional_input(2));
    const Shape kernel = context_.type(weights_).shape;
    if (kernel.rank() != 5) return error(Error::kMalformed, "its weights have rank {}, its input 5", kernel.rank());
    if (!is_weights(context_.graph(), weights_)) {
      return error(Error::kUnsupportedShape, "its weights are computed at run time").with_hint("make them constant");
    }
    TMC_ASSIGN(windows_, read_windows(context_, {kernel[2], kernel[3], kernel[4]}));
    const Shape given = context_.type(volume).shape;
    const WindowAxis& depth = windows_[0];
    if (depth.kernel > kMostTaps) return error(Error::kUnsupportedShape, "its window is {} deep", depth.kernel);
    TMC_ASSIGN(const int64_t outputs, ops::window_output(given[2], {depth.kernel, depth.stride, depth.dilation,
                                                                    depth.pad_before, depth.pad_after}));
    TMC_TRY(set_op());
    if (depth.pad_before + depth.pad_after > 0) {
      const ops::Pad pad{{0, 0, depth.pad_before, 0, 0, 0, 0, depth.pad_after, 0, 0}, 0};
      TMC_ASSIGN(volume, context_.append("_padded", pad, {volume}));
    }
    ValueId sum = ValueId::kNone;
    for (int32_t tap = 0; tap < depth.kernel; ++tap) {
      TMC_ASSIGN(ValueId part, product(volume, tap, outputs, tap == 0 ? bias : ValueId::kNone));
      if (sum != ValueId::kNone) {
        TMC_ASSIGN(part, context_.append(fmt::format("_sum{}", tap), ops::Add{}, {sum, part}));
      }
      sum = part;
    }
    const Shape images = context_.type(sum).shape;
    TMC_ASSIGN(sum,
               context_.append("_by_depth", ops::Reshape{{given[0], outputs, images[1], images[2], images[3]}}, {sum}));
    return context_.finish(ops::Transpose{{0, 2, 1, 3, 4}}, {sum});
  }

 private:
  Status set_op() {
    set_window(op_, {windows_[1], windows_[2]});
    op_.dilation_h = windows_[1].dilation;
    op_.dilation_w = windows_[2].dilation;
    TMC_ASSIGN(op_.groups, context_.attributes().small_integer("group", 1));
    return {};
  }

  // Of the images that one tap along the depth sees, [n * outputs, c, h, w].
  Result<ValueId> product(ValueId volume, int32_t tap, int64_t outputs, ValueId bias) {
    const std::string name = fmt::format("_tap{}", tap);
    const Shape shape = context_.type(volume).shape;
    ops::Slice slice = ops::Slice::whole(shape);
    slice.read(2, int64_t{tap} * windows_[0].dilation, outputs, windows_[0].stride);
    TMC_ASSIGN(ValueId images, context_.append(name, slice, {volume}));
    TMC_ASSIGN(images, context_.append(name + "_by_depth", ops::Transpose{{0, 2, 1, 3, 4}}, {images}));
    TMC_ASSIGN(images, context_.append(name + "_images",
                                       ops::Reshape{{shape[0] * outputs, shape[1], shape[3], shape[4]}}, {images}));
    const Shape kernel = context_.type(weights_).shape;
    ops::Slice of_tap = ops::Slice::whole(kernel);
    of_tap.read(2, tap, 1);
    TMC_ASSIGN(ValueId weights, context_.append(name + "_weights", of_tap, {weights_}));
    TMC_ASSIGN(weights, context_.append(name + "_kernel", ops::Reshape{{kernel[0], kernel[1], kernel[3], kernel[4]}},
                                        {weights}));
    return context_.append(name + "_product", op_, {images, weights, bias});
  }

  ImportContext& context_;
  ValueId weights_ = ValueId::kNone;
  std::vector<WindowAxis> windows_;
  ops::Conv2d op_;
};

}  // namespace

Status import_volume_conv(ImportContext& context) {
  return VolumeConv(context).run();
}

}  // namespace tmc::frontend::onnx_format
