// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/cosine_window.hpp"

#include <cmath>
#include <numbers>

#include "tmc/frontend/onnx/constant_math.hpp"
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

constexpr double kTurn = 2 * std::numbers::pi;

Status import_constant(ImportContext& context, const CosineWindow& window, bool periodic, DType dtype) {
  TMC_ASSIGN(const std::vector<int64_t> sizes, context.constant_ints(0, "size"));
  if (sizes.size() != 1 || sizes.front() < 0) return error(Error::kMalformed, "its size is no scalar from 0 on");
  TMC_ASSIGN(const Shape shape, read_extents(sizes));
  TMC_TRY(context.budget().take_computed({DType::kF64, shape}));
  const auto size = static_cast<double>(sizes.front());
  const double turn = kTurn / (periodic ? size : size - 1);
  std::vector<double> points;
  for (int64_t i = 0; i < sizes.front(); ++i) {
    const double angle = static_cast<double>(i) * turn;
    points.push_back(window.offset - window.first * std::cos(angle) + window.second * std::cos(2 * angle));
  }
  const Constant exact{{DType::kF64, shape}, ir::TensorData::of(std::span<const double>(points))};
  TMC_ASSIGN(Constant result, map_constant(context.budget(), exact, dtype, [](double value) { return value; }));
  return context.finish_as(std::move(result));
}

class AtRunTime {
 public:
  explicit AtRunTime(ImportContext& context) : context_(context) {}

  Status run(const CosineWindow& window, bool periodic, DType dtype) {
    TMC_ASSIGN(const Shape declared, declared_shape(context_, 0, "size"));
    if (declared.rank() != 1) return error(Error::kMalformed, "its declared shape is no vector");
    TMC_ASSIGN(ValueId size, context_.input(0));
    TMC_ASSIGN(size, reshaped(context_, "_size", size, Shape()));
    TMC_ASSIGN(ValueId period, as_dtype(context_, "_period", size, DType::kF32));
    if (!periodic) {
      TMC_ASSIGN(period, context_.append("_last", ops::Sub{}, {period, context_.append_scalar("_one", 1)}));
    }
    TMC_ASSIGN(ValueId points, append_numbers(context_, "_points", declared[0], 0, 1));
    TMC_ASSIGN(points, as_dtype(context_, "_reals", points, DType::kF32));
    TMC_ASSIGN(const ValueId turns, context_.append("_turns", ops::Div{}, {points, period}));
    TMC_ASSIGN(const ValueId first, wave(turns, 1, -window.first));
    TMC_ASSIGN(ValueId sum, context_.append("_raised", ops::Add{}, {first, scalar("_offset", window.offset)}));
    if (window.second != 0) {
      TMC_ASSIGN(const ValueId second, wave(turns, 2, window.second));
      TMC_ASSIGN(sum, context_.append("_both", ops::Add{}, {sum, second}));
    }
    TMC_ASSIGN(sum, as_dtype(context_, "_cast", sum, dtype));
    return finish_copy(context_, 0, sum);
  }

 private:
  ValueId scalar(const std::string& suffix, double value) {
    return context_.append_scalar(suffix, static_cast<float>(value));
  }
  // factor * cos(2 pi count * turns)
  Result<ValueId> wave(ValueId turns, int count, double factor) {
    const std::string suffix = fmt::format("_wave{}", count);
    TMC_ASSIGN(const ValueId angle,
               context_.append(suffix + "_angle", ops::Mul{}, {turns, scalar(suffix + "_turn", count * kTurn)}));
    TMC_ASSIGN(const ValueId cosine, context_.append(suffix + "_cosine", ops::Cos{}, {angle}));
    return context_.append(suffix, ops::Mul{}, {cosine, scalar(suffix + "_factor", factor)});
  }

  ImportContext& context_;
};

}  // namespace

Status import_cosine_window(ImportContext& context, const CosineWindow& window) {
  constexpr int32_t kOnnxFloat = 1;
  TMC_ASSIGN(const int64_t periodic, context.attributes().integer("periodic", 1));
  TMC_ASSIGN(const int32_t given, context.attributes().small_integer("output_datatype", kOnnxFloat));
  TMC_ASSIGN(const DType dtype, read_dtype(given));
  if (!context.is_at_run_time(0)) return import_constant(context, window, periodic != 0, dtype);
  return AtRunTime(context).run(window, periodic != 0, widened(dtype));
}

}  // namespace tmc::frontend::onnx_format
