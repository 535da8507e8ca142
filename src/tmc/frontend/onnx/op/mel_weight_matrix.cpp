// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "tmc/base/host/element.hpp"
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

// HTK's mel scale.
constexpr double kMelHz = 700, kMelSteps = 2595;
constexpr size_t kMelBands = 0, kMelLength = 1, kMelRate = 2, kMelLow = 3, kMelHigh = 4;

// A band is a triangle over bins, from the one of its low edge to that of its high edge, which are those of equal steps
// on the mel scale: its weight is 1 at the centre, also where an edge lies there too.
double mel_weight(double bin, double low, double centre, double high) {
  if (bin == centre) return 1;
  const double rise = (bin - low) / std::max(centre - low, 1.0);
  const double fall = (high - bin) / std::max(high - centre, 1.0);
  return std::max(0.0, std::min(rise, fall));
}

class MelMatrixImport {
 public:
  explicit MelMatrixImport(ImportContext& context) : context_(context) {}

  Status run() {
    constexpr int32_t kOnnxFloat = 1;
    TMC_ASSIGN(const int32_t given, context_.attributes().small_integer("output_datatype", kOnnxFloat));
    TMC_ASSIGN(dtype_, read_dtype(given));
    for (const size_t operand : {kMelBands, kMelLength, kMelRate, kMelLow, kMelHigh}) {
      if (context_.is_at_run_time(operand)) return at_run_time(operand);
    }
    return constant();
  }

 private:
  Result<double> scalar(size_t operand, const char* what) {
    TMC_ASSIGN(const Constant* value, context_.constant(operand, what));
    if (value->type.shape.elements() != 1) return error(Error::kMalformed, "its {} is no scalar", what);
    return load_element(value->type.dtype, value->data.bytes().data());
  }

  Status constant() {
    TMC_ASSIGN(const double bands, scalar(kMelBands, "number of bands"));
    TMC_ASSIGN(const double length, scalar(kMelLength, "length"));
    TMC_ASSIGN(const double rate, scalar(kMelRate, "rate"));
    TMC_ASSIGN(const double low, scalar(kMelLow, "low edge"));
    TMC_ASSIGN(const double high, scalar(kMelHigh, "high edge"));
    constexpr double kMost = 1e6;
    if (!(bands >= 1 && bands <= kMost && length >= 1 && length <= kMost && rate > 0)) {
      return error(Error::kMalformed, "it asks for {} bands of {} points", bands, length);
    }
    const auto columns = static_cast<int64_t>(bands);
    const Shape shape = Shape::of(static_cast<int64_t>(length) / 2 + 1, columns);
    TMC_TRY(context_.budget().take_computed({DType::kF64, shape}));
    const auto mel = [](double hz) { return kMelSteps * std::log10(1 + hz / kMelHz); };
    const double step = (mel(high) - mel(low)) / (bands + 2);
    std::vector<double> edges;
    for (int64_t i = 0; i < columns + 2; ++i) {
      const double hz = kMelHz * (std::pow(10, (static_cast<double>(i) * step + mel(low)) / kMelSteps) - 1);
      edges.push_back(std::floor((length + 1) * hz / rate));
    }
    std::vector<double> weights;
    for (int64_t bin = 0; bin < shape[0]; ++bin) {
      for (size_t i = 0; i + 2 < edges.size(); ++i) {
        weights.push_back(mel_weight(static_cast<double>(bin), edges[i], edges[i + 1], edges[i + 2]));
      }
    }
    const Constant exact{{DType::kF64, shape}, ir::TensorData::of(std::span<const double>(weights))};
    TMC_ASSIGN(Constant matrix, map_constant(context_.budget(), exact, dtype_, [](double value) { return value; }));
    return context_.finish_as(std::move(matrix));
  }

  // The same in float32 steps of the graph, of as many bins and bands as the file declares.
  Status at_run_time(size_t operand) {
    TMC_ASSIGN(const Shape declared, declared_shape(context_, operand, "size"));
    if (declared.rank() != 2) return error(Error::kMalformed, "its declared shape is no matrix");
    TMC_ASSIGN(const ValueId bands, real(kMelBands, "_bands"));
    TMC_ASSIGN(const ValueId low, mel_of(kMelLow, "_low"));
    TMC_ASSIGN(const ValueId high, mel_of(kMelHigh, "_high"));
    TMC_ASSIGN(const ValueId span, context_.append("_span", ops::Sub{}, {high, low}));
    TMC_ASSIGN(const ValueId parts, context_.append("_parts", ops::Add{}, {bands, number("_two", 2)}));
    TMC_ASSIGN(const ValueId step, context_.append("_step", ops::Div{}, {span, parts}));
    TMC_ASSIGN(const ValueId lows, edges(declared[1], 0, low, step));
    TMC_ASSIGN(const ValueId centres, edges(declared[1], 1, low, step));
    TMC_ASSIGN(const ValueId highs, edges(declared[1], 2, low, step));
    TMC_ASSIGN(ValueId bins, append_numbers(context_, "_bin_numbers", declared[0], 0, 2));
    TMC_ASSIGN(bins, as_dtype(context_, "_bins", bins, DType::kF32));
    TMC_ASSIGN(const ValueId rise, slope("_rise", bins, lows, centres, lows));
    TMC_ASSIGN(const ValueId fall, slope("_fall", highs, bins, highs, centres));
    TMC_ASSIGN(ValueId weights, context_.append("_least", ops::Min{}, {rise, fall}));
    TMC_ASSIGN(weights, context_.append("_positive", ops::Max{}, {weights, number("_zero", 0)}));
    TMC_ASSIGN(const ValueId is_centre, context_.append("_is_centre", ops::Equal{}, {bins, centres}));
    TMC_ASSIGN(weights, context_.append("_weights", ops::Where{}, {is_centre, number("_most", 1), weights}));
    TMC_ASSIGN(weights, as_dtype(context_, "_cast", weights, widened(dtype_)));
    return finish_copy(context_, 0, weights);
  }

  ValueId number(const std::string& suffix, double value) {
    return context_.append_scalar(suffix, static_cast<float>(value));
  }
  Result<ValueId> real(size_t operand, const std::string& suffix) {
    TMC_ASSIGN(ValueId value, context_.input(operand));
    TMC_ASSIGN(value, reshaped(context_, suffix + "_scalar", value, Shape()));
    return as_dtype(context_, suffix + "_real", value, DType::kF32);
  }
  // Natural logarithms in place of mels: steps and edges are the same.
  Result<ValueId> mel_of(size_t operand, const std::string& suffix) {
    TMC_ASSIGN(const ValueId hz, real(operand, suffix));
    TMC_ASSIGN(const ValueId part, context_.append(suffix + "_part", ops::Div{}, {hz, number(suffix + "_hz", kMelHz)}));
    TMC_ASSIGN(const ValueId sum, context_.append(suffix + "_sum", ops::Add{}, {part, number(suffix + "_one", 1)}));
    return context_.append(suffix + "_log", ops::Log{}, {sum});
  }
  // The bins of edges number `from` and on, one a band.
  Result<ValueId> edges(int64_t bands, int64_t from, ValueId low, ValueId step) {
    const std::string suffix = fmt::format("_edge{}", from);
    std::vector<float> numbers;
    for (int64_t i = 0; i < bands; ++i) numbers.push_back(static_cast<float>(i + from));
    TMC_ASSIGN(const ValueId counted, append_reals(context_, suffix + "_numbers", Shape::of(1, bands), numbers));
    TMC_ASSIGN(ValueId edge, context_.append(suffix + "_steps", ops::Mul{}, {counted, step}));
    TMC_ASSIGN(edge, context_.append(suffix + "_log", ops::Add{}, {edge, low}));
    TMC_ASSIGN(edge, context_.append(suffix + "_exp", ops::Exp{}, {edge}));
    TMC_ASSIGN(edge, context_.append(suffix + "_less", ops::Sub{}, {edge, number(suffix + "_one", 1)}));
    TMC_ASSIGN(edge, context_.append(suffix + "_hz", ops::Mul{}, {edge, number(suffix + "_unit", kMelHz)}));
    TMC_ASSIGN(const ValueId length, real(kMelLength, suffix + "_length"));
    TMC_ASSIGN(const ValueId rate, real(kMelRate, suffix + "_rate"));
    TMC_ASSIGN(const ValueId more, context_.append(suffix + "_more", ops::Add{}, {length, number(suffix + "_1", 1)}));
    TMC_ASSIGN(edge, context_.append(suffix + "_points", ops::Mul{}, {edge, more}));
    TMC_ASSIGN(edge, context_.append(suffix + "_place", ops::Div{}, {edge, rate}));
    return context_.append(suffix, ops::Floor{}, {edge});
  }
  // (a - b) / max(c - d, 1)
  Result<ValueId> slope(const std::string& suffix, ValueId a, ValueId b, ValueId c, ValueId d) {
    TMC_ASSIGN(const ValueId above, context_.append(suffix + "_above", ops::Sub{}, {a, b}));
    TMC_ASSIGN(ValueId width, context_.append(suffix + "_width", ops::Sub{}, {c, d}));
    TMC_ASSIGN(width, context_.append(suffix + "_divisor", ops::Max{}, {width, number(suffix + "_least", 1)}));
    return context_.append(suffix, ops::Div{}, {above, width});
  }

  ImportContext& context_;
  DType dtype_ = DType::kF32;
};

}  // namespace

Status import_mel_weight_matrix(ImportContext& context) {
  return MelMatrixImport(context).run();
}

}  // namespace tmc::frontend::onnx_format
