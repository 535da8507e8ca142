// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// MaxPool with its second output. One tap of the window after the other is compared with the greatest so far, in the
// order of the runtime, so that of equal elements the first stays.

#include <limits>

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/tap_pool.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

class PlacePool {
 public:
  PlacePool(ImportContext& context, ValueId input, std::vector<WindowAxis> windows, bool by_columns)
      : context_(context), value_(input), shape_(context.type(input).shape), windows_(std::move(windows)) {
    // How far elements lie apart along each axis.
    int64_t stride = 1;
    steps_.assign(windows_.size(), 1);
    for (size_t i = 0; i < windows_.size(); ++i) {
      const size_t axis = by_columns ? i : windows_.size() - 1 - i;
      steps_[axis] = stride;
      stride *= shape_[static_cast<int>(axis) + 2];
    }
    plane_ = stride;
  }

  Status run() {
    int64_t taps = 1;
    for (size_t axis = 0; axis < windows_.size(); ++axis) {
      const int place = static_cast<int>(axis) + 2;
      TMC_ASSIGN(outputs_.emplace_back(), outputs_along(shape_[place], windows_[axis]));
      taps = std::min<int64_t>(taps, kMostTaps + 1) * windows_[axis].kernel;
      TMC_ASSIGN(value_, append_padded(context_, fmt::format("_padded{}", axis), value_, place, windows_[axis],
                                       -std::numeric_limits<double>::infinity()));
    }
    if (taps > kMostTaps) {
      return error(Error::kUnsupportedShape, "its window has {} taps, at most {} are supported with places", taps,
                   kMostTaps);
    }
    for (int64_t tap = 0; tap < taps; ++tap) TMC_TRY(compare(tap));
    TMC_TRY(finish_places());
    return finish_copy(context_, 0, greatest_);
  }

 private:
  Status compare(int64_t tap) {
    ops::Slice slice = ops::Slice::whole(context_.type(value_).shape);
    int64_t rest = tap, offset = 0;
    for (size_t axis = windows_.size(); axis-- > 0;) {
      const WindowAxis& window = windows_[axis];
      const int64_t at = rest % window.kernel * window.dilation;
      rest /= window.kernel;
      slice.read(static_cast<int>(axis) + 2, at, outputs_[axis], window.stride);
      offset += at * steps_[axis];
    }
    const std::string name = fmt::format("_tap{}", tap);
    TMC_ASSIGN(const ValueId seen, context_.append(name, slice, {value_}));
    TMC_ASSIGN(const ValueId here, append_integers(context_, name + "_offset", Shape(), {offset}));
    if (tap == 0) {
      greatest_ = seen;
      offset_ = here;
      return {};
    }
    TMC_ASSIGN(const ValueId is_greater, context_.append(name + "_is_greater", ops::Greater{}, {seen, greatest_}));
    TMC_ASSIGN(offset_, context_.append(name + "_from", ops::Where{}, {is_greater, here, offset_}));
    TMC_ASSIGN(greatest_, context_.append(name + "_greatest", ops::Max{}, {seen, greatest_}));
    return {};
  }

  // Of the first tap at each output, and of the plane, and of the tap from there.
  Status finish_places() {
    TMC_ASSIGN(ValueId places, append_integers(context_, "_planes", Shape::of(1), {0}));
    for (size_t axis = 0; axis < windows_.size(); ++axis) {
      const WindowAxis& window = windows_[axis];
      std::vector<int64_t> firsts;
      for (int64_t i = 0; i < outputs_[axis]; ++i) {
        firsts.push_back((i * window.stride - window.pad_before) * steps_[axis]);
      }
      TMC_TRY(add_along(places, static_cast<int>(axis) + 2, firsts));
    }
    std::vector<int64_t> planes;
    for (int64_t i = 0; i < shape_[0] * shape_[1]; ++i) planes.push_back(i * plane_);
    Shape extents = Shape::of(shape_[0], shape_[1]);
    for (size_t axis = 0; axis < windows_.size(); ++axis) extents.push_back(1);
    TMC_ASSIGN(const ValueId by_plane, append_integers(context_, "_plane", extents, planes));
    TMC_ASSIGN(places, context_.append("_in_planes", ops::Add{}, {places, by_plane}));
    return context_.finish_output(1, ops::Add{}, {places, offset_});
  }

  Status add_along(ValueId& places, int axis, const std::vector<int64_t>& values) {
    Shape extents;
    for (int i = 0; i < shape_.rank(); ++i) extents.push_back(i == axis ? std::ssize(values) : 1);
    TMC_ASSIGN(const ValueId constant, append_integers(context_, fmt::format("_firsts{}", axis), extents, values));
    TMC_ASSIGN(places, context_.append(fmt::format("_places{}", axis), ops::Add{}, {places, constant}));
    return {};
  }

  ImportContext& context_;
  ValueId value_;
  const Shape shape_;
  const std::vector<WindowAxis> windows_;
  std::vector<int64_t> steps_, outputs_;
  int64_t plane_ = 1;
  ValueId greatest_ = ValueId::kNone, offset_ = ValueId::kNone;
};

}  // namespace

Status import_max_pool_with_places(ImportContext& context) {
  TMC_ASSIGN(const int64_t by_columns, context.attributes().integer("storage_order", 0));
  TMC_ASSIGN(const ValueId input, context.input(0));
  if (context.type(input).dtype != DType::kF32) {
    return error(Error::kUnsupportedType, "with its output of indices it is supported in float")
        .with_hint("cast its input to float");
  }
  TMC_ASSIGN(std::vector<WindowAxis> windows, read_windows(context, {}));
  return PlacePool(context, input, std::move(windows), by_columns != 0).run();
}

}  // namespace tmc::frontend::onnx_format
