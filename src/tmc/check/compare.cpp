// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/compare.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/base/host/element.hpp"

namespace tmc::check {
namespace {

using program::Tensor;

// Magnitudes from here on are no scale for the others: they are sentinels, the lowest float of a mask, and what became
// of them. Each is held to its own size.
constexpr double kSentinel = 1e30;
constexpr double kSentinelTolerance = 1e-5;

// The oracle's values of one sample.
std::vector<double> expected_values(const Tensor& tensor, const NpyArray& array, int64_t sample) {
  const int64_t elements = tensor.shape.elements();
  const int64_t width = dtype_bytes(array.dtype);
  const double shift = array.dtype == DType::kU8 && tensor.dtype == DType::kI8 ? -128 : 0;
  std::vector<double> values(static_cast<size_t>(elements));
  const std::byte* from = array.bytes.data() + sample * elements * width;
  for (double& value : values) {
    value = load_element(array.dtype, from) + shift;
    from += width;
  }
  return values;
}

// Infinite where one of the two is no number, or is infinite and the other is not: no tolerance covers that.
double distance(double got, double expected) {
  if (got == expected || (std::isnan(got) && std::isnan(expected))) return 0;
  const double difference = std::abs(got - expected);
  if (!std::isfinite(difference)) return HUGE_VAL;
  const bool is_sentinel = std::abs(expected) >= kSentinel;
  return is_sentinel && difference > kSentinelTolerance * std::abs(expected) ? HUGE_VAL : difference;
}

TensorDifference compare_values(const Tensor& tensor, std::span<const std::byte> actual,
                                const std::vector<double>& expected) {
  TensorDifference result;
  const bool whole = !dtype_is_float(tensor.dtype);
  const double scale = whole && !tensor.quantization.empty() ? tensor.quantization.scale() : 1;
  const int64_t width = dtype_bytes(tensor.dtype);
  double largest = 0;
  for (size_t i = 0; i < expected.size(); ++i) {
    const double got = load_element(tensor.dtype, actual.data() + static_cast<int64_t>(i) * width);
    const double difference = distance(got, expected[i]);
    const double magnitude = std::abs(expected[i]);
    if (magnitude < kSentinel) result.max_magnitude = std::max(result.max_magnitude, magnitude);
    if (difference == 0) continue;
    ++result.mismatched;
    if (magnitude >= kSentinel && difference < HUGE_VAL) continue;
    if (whole && difference > 1) ++result.beyond_one_step;
    if (difference > largest || result.first_element < 0) {
      largest = difference;
      result.first_element = static_cast<int64_t>(i);
      result.expected = expected[i];
      result.actual = got;
    }
  }
  result.elements = static_cast<int64_t>(expected.size());
  result.max_steps = whole ? largest : 0;
  result.max_abs_diff = largest * scale;
  return result;
}

}  // namespace

void TensorDifference::add(const TensorDifference& other) {
  half_precision = half_precision || other.half_precision;
  elements += other.elements;
  mismatched += other.mismatched;
  beyond_one_step += other.beyond_one_step;
  max_steps = std::max(max_steps, other.max_steps);
  max_abs_diff = std::max(max_abs_diff, other.max_abs_diff);
  max_magnitude = std::max(max_magnitude, other.max_magnitude);
}

bool comparable(const Tensor& tensor, const NpyArray& array) {
  if (array.shape.rank() < 1 || array.shape[0] < 1) return false;
  return dtype_is_float(array.dtype) == dtype_is_float(tensor.dtype) &&
         array.shape.elements() == array.shape[0] * tensor.shape.elements();
}

TensorDifference compare(const Tensor& tensor, std::span<const std::byte> actual, const NpyArray& array,
                         int64_t sample) {
  TensorDifference difference = compare_values(tensor, actual, expected_values(tensor, array, sample));
  difference.half_precision = array.dtype == DType::kF16;
  return difference;
}

std::vector<std::byte> as_program_holds_it(const Tensor& tensor, const NpyArray& array, int64_t sample) {
  std::vector<std::byte> bytes(static_cast<size_t>(tensor.bytes()));
  std::byte* to = bytes.data();
  for (const double value : expected_values(tensor, array, sample)) {
    store_element(tensor.dtype, value, to);
    to += dtype_bytes(tensor.dtype);
  }
  return bytes;
}

TensorDifference compare(const Tensor& tensor, std::span<const std::byte> actual, std::span<const std::byte> expected) {
  const int64_t width = dtype_bytes(tensor.dtype);
  std::vector<double> values;
  for (int64_t i = 0; i < tensor.shape.elements(); ++i) {
    values.push_back(load_element(tensor.dtype, expected.data() + i * width));
  }
  return compare_values(tensor, actual, values);
}

}  // namespace tmc::check
