// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/compare.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace tmc::pipeline {
namespace {

using program::Tensor;

template <typename T>
double load(const std::byte* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return static_cast<double>(value);
}

double element(DType dtype, const std::byte* from) {
  switch (dtype) {
    case DType::kF32:
      return load<float>(from);
    case DType::kF64:
      return load<double>(from);
    case DType::kI8:
      return load<int8_t>(from);
    case DType::kU8:
    case DType::kBool:
      return load<uint8_t>(from);
    case DType::kI16:
      return load<int16_t>(from);
    case DType::kU16:
      return load<uint16_t>(from);
    case DType::kI32:
      return load<int32_t>(from);
    case DType::kU32:
      return load<uint32_t>(from);
    case DType::kI64:
      return static_cast<double>(load<int64_t>(from));
    case DType::kU64:
      return static_cast<double>(load<uint64_t>(from));
    case DType::kF16:
    case DType::kBF16:
      break;
  }
  return std::nan("");
}

// The oracle's values of one sample, in its order.
std::vector<double> expected_values(const Tensor& tensor, const NpyArray& array, int64_t sample) {
  const int64_t elements = tensor.shape.elements();
  const int64_t width = dtype_bytes(array.dtype);
  const double shift = array.dtype == DType::kU8 && tensor.dtype == DType::kI8 ? -128 : 0;
  std::vector<double> values(static_cast<size_t>(elements));
  const std::byte* from = array.bytes.data() + sample * elements * width;
  for (double& value : values) {
    value = element(array.dtype, from) + shift;
    from += width;
  }
  return values;
}

// [n, c, h, w] to [n, h, w, c], where the oracle's shape says that it is the one and ours the other.
std::vector<double> to_channels_last(const Tensor& tensor, const NpyArray& array, const std::vector<double>& values) {
  const Shape& ours = tensor.shape;
  const Shape& theirs = array.shape;  // with the samples in front
  if (ours.rank() != 4 || theirs.rank() != 5 || theirs[1] != ours[0] || theirs[2] != ours[3] || theirs[3] != ours[1] ||
      theirs[4] != ours[2]) {
    return {};
  }
  std::vector<double> permuted;
  permuted.reserve(values.size());
  const int64_t pixels = ours[1] * ours[2];
  for (int64_t batch = 0; batch < ours[0]; ++batch) {
    for (int64_t pixel = 0; pixel < pixels; ++pixel) {
      for (int64_t channel = 0; channel < ours[3]; ++channel) {
        permuted.push_back(values[static_cast<size_t>((batch * ours[3] + channel) * pixels + pixel)]);
      }
    }
  }
  return permuted;
}

TensorDifference compare_values(const Tensor& tensor, std::span<const std::byte> actual,
                                const std::vector<double>& expected) {
  TensorDifference result;
  const bool whole = !dtype_is_float(tensor.dtype);
  const double scale = whole && !tensor.quantization.empty() ? tensor.quantization.scale() : 1;
  const int64_t width = dtype_bytes(tensor.dtype);
  double largest = 0;
  for (size_t i = 0; i < expected.size(); ++i) {
    const double got = element(tensor.dtype, actual.data() + static_cast<int64_t>(i) * width);
    const double difference = std::abs(got - expected[i]);
    result.max_magnitude = std::max(result.max_magnitude, std::abs(expected[i]));
    // Not-a-number on one side only is a difference; comparisons with it are false.
    if (difference == 0 || (std::isnan(got) && std::isnan(expected[i]))) continue;
    ++result.mismatched;
    if (whole && difference > 1) ++result.beyond_one_step;
    if (difference > largest || result.first_element < 0) {
      largest = std::isnan(difference) ? HUGE_VAL : difference;
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
  const std::vector<double> expected = expected_values(tensor, array, sample);
  TensorDifference direct = compare_values(tensor, actual, expected);
  // Extents alone do not always tell the two layouts apart; the values do.
  const std::vector<double> permuted = to_channels_last(tensor, array, expected);
  if (direct.mismatched == 0 || permuted.empty()) return direct;
  TensorDifference channels_last = compare_values(tensor, actual, permuted);
  const Shape& theirs = array.shape;
  const bool same_shape = theirs[2] == tensor.shape[1] && theirs[3] == tensor.shape[2] && theirs[4] == tensor.shape[3];
  return !same_shape || channels_last.mismatched < direct.mismatched ? channels_last : direct;
}

}  // namespace tmc::pipeline
