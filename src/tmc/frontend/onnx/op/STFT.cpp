// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/stft.hpp"

#include <algorithm>
#include <limits>

#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/dft.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

constexpr int64_t kMostOfStft = std::numeric_limits<int32_t>::max();
constexpr size_t kStftSignal = 0, kStftStep = 1, kStftWindow = 2, kStftLength = 3;

class StftImport {
 public:
  explicit StftImport(ImportContext& context) : context_(context) {}

  Status run() {
    TMC_ASSIGN(signal_, context_.input(kStftSignal));
    TMC_ASSIGN(window_, context_.optional_input(kStftWindow));
    TMC_ASSIGN(const int64_t onesided, context_.attributes().integer("onesided", 1));
    onesided_ = onesided != 0;
    TMC_TRY(read_signal());
    TMC_TRY(read_length());
    TMC_TRY(ops::check_points(length_));
    TMC_ASSIGN(const Steps steps, possible_steps());
    if (steps.least != steps.most) return step_at_run_time();
    std::vector<ValueId> inputs = {signal_};
    if (window_ != ValueId::kNone) inputs.push_back(window_);
    return context_.finish(ops::Stft{length_, static_cast<int32_t>(steps.least), onesided_}, std::move(inputs));
  }

 private:
  // A real one may come without a last axis.
  Status read_signal() {
    Shape shape = context_.type(signal_).shape;
    if (shape.rank() == 2) shape.push_back(1);
    if (shape.rank() != 3) return error(Error::kMalformed, "its signal has rank {}", shape.rank());
    TMC_ASSIGN(signal_, reshaped(context_, "_signal", signal_, shape));
    if (window_ == ValueId::kNone) return {};
    const Shape window = context_.type(window_).shape;
    return window.rank() == 1 ? Status() : error(Error::kMalformed, "its window has rank {}", window.rank());
  }

  Result<int32_t> scalar(size_t input, const char* what) {
    TMC_ASSIGN(const std::vector<int64_t> given, context_.constant_ints(input, what));
    if (given.size() != 1 || given.front() < 1 || given.front() > kMostOfStft) {
      return error(Error::kMalformed, "its {} is no positive number", what);
    }
    return static_cast<int32_t>(given.front());
  }

  // The operand, the window's, or, where it is computed at run time, what the declared shape tells.
  Status read_length() {
    if (!context_.is_at_run_time(kStftLength) && context_.has_input(kStftLength)) {
      TMC_ASSIGN(length_, scalar(kStftLength, "frame length"));
      return {};
    }
    if (window_ != ValueId::kNone) {
      length_ = static_cast<int32_t>(std::min<int64_t>(context_.type(window_).shape[0], kMostOfStft));
      return {};
    }
    if (!context_.has_input(kStftLength)) return error(Error::kMalformed, "it has neither a window nor a frame length");
    TMC_ASSIGN(const Shape declared, declared_frames(kStftLength, "frame length"));
    const auto bins = static_cast<int32_t>(declared[2]);
    // Half a spectrum has as many bins for an odd number of points as for the even one before.
    std::vector<int32_t> lengths = {bins};
    if (onesided_) lengths = {2 * (bins - 1), 2 * bins - 1};
    std::erase_if(lengths, [&](int32_t length) { return !steps_to(declared, length).exist(); });
    if (lengths.size() == 1) {
      length_ = lengths.front();
      return {};
    }
    return error(Error::kUnsupportedShape, "the declared shape does not say the frame length '{}'",
                 context_.input_name(kStftLength))
        .with_hint("make a constant of it");
  }

  // Steps that give as many frames as are declared, or the one that is known.
  struct Steps {
    int64_t least, most;
    bool exist() const { return least <= most; }
  };
  Steps steps_to(const Shape& declared, int64_t length) const {
    const int64_t rest = context_.type(signal_).shape[1] - length;
    if (length < 1 || rest < 0) return {1, 0};
    return {rest / declared[1] + 1, declared[1] > 1 ? rest / (declared[1] - 1) : std::max(rest + 1, kMostOfStft)};
  }
  Result<Steps> possible_steps() {
    if (!context_.is_at_run_time(kStftStep)) {
      TMC_ASSIGN(const int32_t step, scalar(kStftStep, "step"));
      return Steps{step, step};
    }
    TMC_ASSIGN(const Shape declared, declared_frames(kStftStep, "step"));
    const Steps steps = steps_to(declared, length_);
    if (steps.exist()) return steps;
    return error(Error::kMalformed, "no step gives as many frames as are declared");
  }

  Result<Shape> declared_frames(size_t operand, const char* what) {
    TMC_ASSIGN(const Shape declared, declared_shape(context_, operand, what));
    if (declared.rank() != 4) return error(Error::kMalformed, "its declared shape has rank {}", declared.rank());
    if (declared[1] < 1) return error(Error::kMalformed, "its declared shape has no frames");
    TMC_TRY(ops::check_points(declared[2]));
    return declared;
  }

  // Frames are read at indices that are computed from it; how many there are is declared.
  Status step_at_run_time() {
    TMC_ASSIGN(const Shape declared, declared_frames(kStftStep, "step"));
    TMC_ASSIGN(ValueId step, integers_of(context_, kStftStep, "step"));
    TMC_ASSIGN(step, reshaped(context_, "_step", step, Shape::of(1, 1)));
    TMC_ASSIGN(const ValueId frames, append_numbers(context_, "_frames", declared[1], 0, 2));
    TMC_ASSIGN(const ValueId points, append_numbers(context_, "_points", length_, 1, 2));
    TMC_ASSIGN(const ValueId first, context_.append("_first", ops::Mul{}, {frames, step}));
    TMC_ASSIGN(const ValueId places, context_.append("_places", ops::Add{}, {first, points}));
    const Shape signal = context_.type(signal_).shape;
    TMC_ASSIGN(ValueId lines, read_at(context_, "_lines", signal_, 1, places));
    TMC_ASSIGN(lines, reshaped(context_, "_framed", lines, Shape::of(signal[0], declared[1], length_, signal[2])));
    if (window_ != ValueId::kNone) {
      TMC_ASSIGN(const ValueId window, reshaped(context_, "_window", window_, Shape::of(length_, 1)));
      TMC_ASSIGN(lines, context_.append("_windowed", ops::Mul{}, {lines, window}));
    }
    return context_.finish(ops::Dft{2, length_, /*inverse=*/false, onesided_}, {lines});
  }

  ImportContext& context_;
  ValueId signal_ = ValueId::kNone;
  ValueId window_ = ValueId::kNone;
  bool onesided_ = true;
  int32_t length_ = 1;
};

}  // namespace

Status import_STFT(ImportContext& context) {
  return StftImport(context).run();
}

}  // namespace tmc::frontend::onnx_format
