// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/column_sums.hpp"

#include <algorithm>

#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/frontend/onnx/window.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

class ColumnSums {
 public:
  ColumnSums(ImportContext& context, int64_t channels, const std::vector<ColumnAxis>& axes)
      : context_(context), channels_(channels), axes_(axes) {}

  Result<ValueId> run(ValueId columns) {
    int64_t taps = 1, places = 1;
    for (const ColumnAxis& axis : axes_) {
      if (axis.kernel < 1 || axis.kernel > kMostTaps || taps * axis.kernel > kMostTaps) {
        return error(Error::kUnsupportedShape, "its window has more than {} taps", kMostTaps);
      }
      taps *= axis.kernel;
      places *= axis.places;
    }
    const Shape shape = context_.type(columns).shape;
    if (shape.rank() != 3 || channels_ < 1 || shape[1] != channels_ * taps || shape[2] != places) {
      return error(Error::kMalformed, "its columns do not fit {} taps at {} places", taps, places);
    }
    batch_ = shape[0];
    TMC_ASSIGN(columns, reshaped(context_, "_taps", columns, Shape::of(batch_ * channels_, taps, places)));
    ValueId sum = ValueId::kNone;
    for (int64_t tap = 0; tap < taps; ++tap) {
      TMC_ASSIGN(ValueId image, image_of(columns, tap));
      if (image == ValueId::kNone) continue;
      if (sum != ValueId::kNone) {
        TMC_ASSIGN(image, context_.append(fmt::format("_sum{}", tap), ops::Add{}, {sum, image}));
      }
      sum = image;
    }
    if (sum == ValueId::kNone) return error(Error::kUnsupportedShape, "its window never meets the image");
    return sum;
  }

 private:
  // What one tap has, where it lies.
  Result<ValueId> image_of(ValueId columns, int64_t tap) {
    const std::string name = fmt::format("_tap{}", tap);
    ops::Slice of_tap = ops::Slice::whole(context_.type(columns).shape);
    of_tap.read(1, tap, 1);
    TMC_ASSIGN(ValueId value, context_.append(name, of_tap, {columns}));
    Shape shape = Shape::of(batch_, channels_);
    for (const ColumnAxis& axis : axes_) shape.push_back(axis.places);
    for (size_t i = 0; i < axes_.size(); ++i) {
      if (axes_[i].stride == 1) continue;
      TMC_ASSIGN(value,
                 spread(fmt::format("{}_axis{}", name, i), value, shape, static_cast<int>(i) + 2, axes_[i].stride));
      shape[static_cast<int>(i) + 2] *= axes_[i].stride;
    }
    TMC_ASSIGN(value, reshaped(context_, name + "_spread", value, shape));
    return moved(name, value, shape, tap);
  }

  // With zeros behind every element along an axis.
  Result<ValueId> spread(const std::string& name, ValueId value, const Shape& shape, int axis, int64_t stride) {
    const Shape split = Shape::of(shape.elements(0, axis + 1), 1, shape.elements(axis + 1, shape.rank()));
    TMC_ASSIGN(value, reshaped(context_, name + "_split", value, split));
    return context_.append(name, ops::Pad{.pads = {0, 0, 0, 0, stride - 1, 0}}, {value});
  }

  // Cut and padded to the image; kNone where all of it is outside.
  Result<ValueId> moved(const std::string& name, ValueId value, const Shape& shape, int64_t tap) {
    const auto rank = static_cast<size_t>(shape.rank());
    ops::Slice cut = ops::Slice::whole(shape);
    ops::Pad pad{.pads = std::vector<int64_t>(2 * rank, 0)};
    for (size_t i = axes_.size(); i-- > 0;) {
      const ColumnAxis& axis = axes_[i];
      const int64_t begin = tap % axis.kernel * axis.dilation - axis.pad_before;
      tap /= axis.kernel;
      const int at = static_cast<int>(i) + 2;
      const int64_t first = std::max<int64_t>(-begin, 0), end = std::min(shape[at], axis.image - begin);
      if (first >= end) return ValueId::kNone;
      cut.read(at, first, end - first);
      pad.pads[i + 2] = begin + first;
      pad.pads[rank + i + 2] = axis.image - begin - end;
    }
    TMC_ASSIGN(value, context_.append(name + "_cut", std::move(cut), {value}));
    return context_.append(name + "_image", std::move(pad), {value});
  }

  ImportContext& context_;
  int64_t channels_, batch_ = 1;
  const std::vector<ColumnAxis>& axes_;
};

}  // namespace

Result<ValueId> append_column_sums(ImportContext& context, ValueId columns, int64_t channels,
                                   const std::vector<ColumnAxis>& axes) {
  return ColumnSums(context, channels, axes).run(columns);
}

}  // namespace tmc::frontend::onnx_format
