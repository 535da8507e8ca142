// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/select/numerics/table.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/kernels/contract/table_s16.hpp"
#include "tmc/kernels/contract/table_s8.hpp"

namespace tmc::select {
namespace {

template <typename Function>
Table make_table(Function function) {
  Table table{};
  for (int32_t q = -128; q < 128; ++q) {
    table[static_cast<uint8_t>(q)] = static_cast<int8_t>(clamp(function(q), -128, 127));
  }
  return table;
}

int32_t rescale(int32_t value, const FixedMultiplier& fixed) {
  return multiply_by_quantized_multiplier(value, fixed.multiplier, fixed.shift);
}

}  // namespace

Table real_table(const Affine& input, const Affine& output, const std::function<double(double)>& function) {
  const float inverse_scale = 1 / output.scale;
  return make_table([&](int32_t q) {
    const float real = input.scale * static_cast<float>(q - input.zero_point);
    const auto mapped = static_cast<float>(function(static_cast<double>(real)));
    if (std::isnan(mapped)) return output.zero_point;
    const float rescaled = std::round(mapped * inverse_scale) + static_cast<float>(output.zero_point);
    return static_cast<int32_t>(std::clamp(rescaled, -128.0F, 127.0F));
  });
}

Table clip_table(const Affine& input, const Affine& output, ir::Requantization requantization, double low,
                 double high) {
  const FixedMultiplier fixed = rescale_in_float(input, output, requantization);
  const Range range = quantized_range(low, high, output);
  return make_table([&](int32_t q) {
    const int32_t value = output.zero_point + rescale(q - input.zero_point, fixed);
    return std::min(std::max(value, range.low), range.high);
  });
}

Table leaky_relu_table(const Affine& input, const Affine& output, ir::Requantization requantization, double alpha) {
  const FixedMultiplier identity = rescale_in_float(input, output, requantization);
  const float slope = input.scale * static_cast<float>(alpha) / output.scale;
  const FixedMultiplier negative = fixed_multiplier(std::fabs(static_cast<double>(slope)), requantization);
  return make_table([&](int32_t q) {
    const int32_t value = q - input.zero_point;
    if (value >= 0) return output.zero_point + rescale(value, identity);
    const int32_t scaled = rescale(value, negative);
    return output.zero_point + (slope < 0 ? -scaled : scaled);
  });
}

Table requantize_table(const Affine& input, const Affine& output, ir::Requantization requantization, DType from,
                       DType to) {
  const FixedMultiplier fixed = rescale_in_double(input, output, requantization);
  Table table{};
  for (int32_t q = dtype_min(from); q <= dtype_max(from); ++q) {
    const int32_t value = output.zero_point + rescale(q - input.zero_point, fixed);
    table[static_cast<uint8_t>(q)] = static_cast<int8_t>(clamp(value, dtype_min(to), dtype_max(to)));
  }
  return table;
}

Status emit_lookup(Lowering& lowering, const Table& table, int64_t elements, const Ref& from, const Ref& to) {
  const auto row = static_cast<int32_t>(elements);
  return lowering.emit<kernels::TableS8>(
      {1, row, row, row}, {kernels::make_blob(DType::kI8, std::vector(table.begin(), table.end()))}, {from}, {to});
}

Status emit_table(Lowering& lowering, const Table& table) {
  if (table == make_table([](int32_t q) { return q; })) return lowering.alias();
  const int64_t elements = lowering.output().type.shape.elements();
  return emit_lookup(lowering, table, elements, lowering.input_ref(0), lowering.output_ref());
}

std::vector<int16_t> real_table_int16(float input_scale, float output_scale,
                                      const std::function<double(double)>& function) {
  constexpr int kSteps = 512;
  const float first = input_scale * INT16_MIN;
  const float step = (input_scale * INT16_MAX - first) / kSteps;
  const float inverse_scale = 65536.0F / (output_scale * INT16_MAX - output_scale * INT16_MIN);
  const auto at = [&](float real) { return static_cast<float>(function(static_cast<double>(real))) * inverse_scale; };
  const auto limited = [](float value) {
    return std::isnan(value) ? int16_t{0} : static_cast<int16_t>(std::clamp<float>(value, INT16_MIN, INT16_MAX));
  };
  std::vector<int16_t> table;
  for (int i = 0; i < kSteps; ++i) {
    const float begin = first + static_cast<float>(i) * step;
    const float point = std::round(at(begin));
    const float between = std::round((at(first + static_cast<float>(i + 1) * step) + point) / 2);
    const float missed = between - std::round(at(begin + step / 2));
    table.push_back(limited(point - std::round(missed / 2)));
  }
  table.push_back(limited(std::round(at(input_scale * INT16_MAX))));
  return table;
}

namespace {

// Whether the table is never further from the function than 8 steps of the output and a thousandth of the result.
// Between a point where the function saturates and one where it does not, a line says little: there any value between
// theirs counts as right, for a 64th of the inputs whose results do not saturate.
bool is_near(const std::vector<int16_t>& table, float input_scale, float output_scale,
             const std::function<double(double)>& function) {
  const auto exact_at = [&](int32_t q) {
    const double real = function(static_cast<double>(input_scale) * q) / static_cast<double>(output_scale);
    return std::isnan(real) ? 0 : std::clamp<double>(real, INT16_MIN, INT16_MAX);
  };
  const auto is_limit = [](double exact) { return exact == INT16_MIN || exact == INT16_MAX; };
  constexpr double kMostSteps = 8, kMostShare = 1e-3;
  constexpr int32_t kSegment = 128, kMostForgiven = 64;
  int32_t within = 0, forgiven = 0;
  for (size_t i = 0; i + 1 < table.size(); ++i) {
    const int32_t point = INT16_MIN + static_cast<int32_t>(i) * kSegment;
    const bool is_limited = is_limit(exact_at(point)) || is_limit(exact_at(point + kSegment));
    const auto [low, high] = std::minmax(table[i], table[i + 1]);
    for (int32_t q = 0; q < kSegment; ++q) {
      const double exact = exact_at(point + q);
      const double most = kMostSteps + kMostShare * std::fabs(exact);
      const double line = table[i] + static_cast<double>((table[i + 1] - table[i]) * q) / kSegment;
      if (!is_limit(exact)) ++within;
      if (std::fabs(line - exact) <= most) continue;
      if (!is_limited || std::fabs(std::clamp<double>(exact, low, high) - exact) > most) return false;
      if (!is_limit(exact)) ++forgiven;
    }
  }
  return forgiven * kMostForgiven <= within;
}

Status emit_real_table_int16(Lowering& lowering, const std::function<double(double)>& function) {
  TMC_ASSIGN(const Affine input, symmetric_affine_of(lowering.input(0)));
  TMC_ASSIGN(const Affine output, symmetric_affine_of(lowering.output()));
  const std::vector<int16_t> table = real_table_int16(input.scale, output.scale, function);
  if (!is_near(table, input.scale, output.scale, function)) {
    return error(Error::kUnsupportedType, "'{}' has the scale {}, in which {} is no line between the points of a table",
                 lowering.input(0).name, input.scale, lowering.node().op.name())
        .with_hint("give it a smaller scale, or dequantise it first");
  }
  return lowering.emit<kernels::TableS16>({static_cast<int32_t>(lowering.output().type.shape.elements())},
                                          {kernels::make_blob(DType::kI16, table)}, {lowering.input_ref(0)},
                                          {lowering.output_ref()});
}

}  // namespace

Status emit_real_table(Lowering& lowering, const std::function<double(double)>& function) {
  if (is_int16(lowering.input(0))) return emit_real_table_int16(lowering, function);
  TMC_ASSIGN(const Affine input, affine_of(lowering.input(0)));
  TMC_ASSIGN(const Affine output, affine_of(lowering.output()));
  return emit_table(lowering, real_table(input, output, function));
}

}  // namespace tmc::select
