// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/tap_pool.hpp"

#include <algorithm>
#include <limits>

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

class TapPoolImport {
 public:
  TapPoolImport(ImportContext& context, TapPool pool) : context_(context), pool_(pool) {}

  Result<ValueId> run(ValueId value) {
    const DType dtype = context_.type(value).dtype;
    is_of_bytes_ = dtype == DType::kU8 && pool_ == TapPool::kMax;
    if (dtype != DType::kF32 && !is_of_bytes_) {
      return error(Error::kUnsupportedType, "with dilation or over more than two axes it is supported in float")
          .with_hint("cast its input to float");
    }
    TMC_ASSIGN(const std::vector<WindowAxis> windows, read_windows(context_, {}));
    TMC_TRY(read_counted_pads(windows));
    for (size_t axis = 0; axis < windows.size(); ++axis) {
      TMC_ASSIGN(value, along(value, static_cast<int>(axis) + 2, windows[axis]));
    }
    return value;
  }

 private:
  // Pads at the ends that a mean counts: those of the file, and not what ceil_mode adds.
  Status read_counted_pads(const std::vector<WindowAxis>& windows) {
    TMC_ASSIGN(const std::vector<int64_t> given, context_.attributes().integers("pads"));
    TMC_ASSIGN(const std::string auto_pad, context_.attributes().text("auto_pad", "NOTSET"));
    const bool is_same = auto_pad.starts_with("SAME");
    for (size_t axis = 0; axis < windows.size(); ++axis) {
      const size_t behind = axis + windows.size();
      const int64_t after = windows[axis].pad_after;
      const int64_t stated = behind < given.size() ? given[behind] : 0;
      counted_after_.push_back(is_same ? after : std::min(stated, after));
    }
    return {};
  }

  Result<ValueId> along(ValueId value, int axis, const WindowAxis& window) {
    const Shape shape = context_.type(value).shape;
    const std::string name = fmt::format("_axis{}", axis);
    if (window.kernel > kMostTaps) {
      return error(Error::kUnsupportedShape, "its window has {} taps along axis {}, at most {} are supported",
                   window.kernel, axis, kMostTaps);
    }
    TMC_ASSIGN(const int64_t outputs, outputs_along(shape[axis], window));
    const bool is_least = pool_ == TapPool::kMax && !is_of_bytes_;
    const double around = is_least ? -std::numeric_limits<double>::infinity() : 0;
    TMC_ASSIGN(value, append_padded(context_, name + "_padded", value, axis, window, around));
    TMC_ASSIGN(const ValueId joined, joined_taps(value, axis, window, outputs, name));
    if (pool_ == TapPool::kMax || pool_ == TapPool::kSum) return joined;
    return divided(joined, shape, axis, window, outputs);
  }

  Result<ValueId> joined_taps(ValueId padded, int axis, const WindowAxis& window, int64_t outputs,
                              const std::string& name) {
    ValueId joined = ValueId::kNone;
    for (int64_t tap = 0; tap < window.kernel; ++tap) {
      TMC_ASSIGN(ValueId seen,
                 append_tap(context_, fmt::format("{}_tap{}", name, tap), padded, axis, window, tap, outputs));
      if (joined != ValueId::kNone) {
        const ops::AnyOp join = pool_ == TapPool::kMax ? ops::AnyOp(ops::Max{}) : ops::AnyOp(ops::Add{});
        TMC_ASSIGN(seen, context_.append(fmt::format("{}_join{}", name, tap), join, {joined, seen}));
      }
      joined = seen;
    }
    return joined;
  }

  // A sum over how many of its elements count.
  Result<ValueId> divided(ValueId sum, const Shape& shape, int axis, const WindowAxis& window, int64_t outputs) {
    const bool with_padding = pool_ == TapPool::kMeanWithPadding;
    const int64_t low = with_padding ? -int64_t{window.pad_before} : 0;
    const int64_t high = shape[axis] + (with_padding ? counted_after_[static_cast<size_t>(axis) - 2] : 0);
    Shape extents;
    for (int i = 0; i < shape.rank(); ++i) extents.push_back(i == axis ? outputs : 1);
    TMC_TRY(context_.budget().take_computed({DType::kF32, extents}));
    std::vector<float> counts;
    for (int64_t i = 0; i < outputs; ++i) {
      int64_t count = 0;
      for (int64_t tap = 0; tap < window.kernel; ++tap) {
        const int64_t at = i * window.stride - window.pad_before + tap * window.dilation;
        count += at >= low && at < high ? 1 : 0;
      }
      counts.push_back(static_cast<float>(std::max<int64_t>(count, 1)));
    }
    TMC_ASSIGN(const ValueId divisors, append_reals(context_, fmt::format("_counts{}", axis), extents, counts));
    return context_.append(fmt::format("_mean{}", axis), ops::Div{}, {sum, divisors});
  }

  ImportContext& context_;
  TapPool pool_;
  bool is_of_bytes_ = false;  // plain ones, of which none is below 0
  std::vector<int64_t> counted_after_;
};

}  // namespace

Result<bool> needs_taps(ImportContext& context) {
  TMC_ASSIGN(const std::vector<WindowAxis> windows, read_windows(context, {}));
  return windows.size() > 2 ||
         std::ranges::any_of(windows, [](const WindowAxis& window) { return window.dilation != 1; });
}

Result<ValueId> append_tap_pool(ImportContext& context, TapPool pool, ValueId value) {
  return TapPoolImport(context, pool).run(value);
}

Status import_tap_pool(ImportContext& context, TapPool pool) {
  TMC_ASSIGN(const ValueId input, context.input(0));
  TMC_ASSIGN(const ValueId value, append_tap_pool(context, pool, input));
  return finish_copy(context, 0, value);
}

}  // namespace tmc::frontend::onnx_format
