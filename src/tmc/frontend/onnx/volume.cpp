// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/volume.hpp"

#include "tmc/frontend/onnx/weights.hpp"
#include "tmc/frontend/onnx/window.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

constexpr int kDepth = 2;

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
    TMC_ASSIGN(const int64_t outputs, outputs_along(given[2], depth));
    TMC_TRY(set_op());
    TMC_ASSIGN(volume, append_padded(context_, "_padded", volume, kDepth, depth, 0));
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
    TMC_ASSIGN(ValueId images, append_tap(context_, name, volume, kDepth, windows_[0], tap, outputs));
    TMC_ASSIGN(images, context_.append(name + "_by_depth", ops::Transpose{{0, 2, 1, 3, 4}}, {images}));
    TMC_ASSIGN(images, context_.append(name + "_images",
                                       ops::Reshape{{shape[0] * outputs, shape[1], shape[3], shape[4]}}, {images}));
    const Shape kernel = context_.type(weights_).shape;
    ops::Slice of_tap = ops::Slice::whole(kernel);
    of_tap.read(kDepth, tap, 1);
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
