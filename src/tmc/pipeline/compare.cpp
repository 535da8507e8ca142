// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/compare.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "tmc/base/host/element.hpp"

namespace tmc::pipeline {
namespace {

using program::Tensor;

// What the change of layout appends to a tensor's name (opt/pass/convert_layout.cpp).
constexpr std::string_view kChannelsLast = "_nhwc";

// The oracle's values of one sample, in its order.
std::vector<double> values_of(const Tensor& tensor, const NpyArray& array, int64_t sample) {
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

// [n, c, h, w] to [n, h, w, c]; `shape` is the latter.
std::vector<double> to_channels_last(const Shape& shape, const std::vector<double>& values) {
  std::vector<double> permuted;
  permuted.reserve(values.size());
  const int64_t pixels = shape[1] * shape[2];
  for (int64_t batch = 0; batch < shape[0]; ++batch) {
    for (int64_t pixel = 0; pixel < pixels; ++pixel) {
      for (int64_t channel = 0; channel < shape[3]; ++channel) {
        permuted.push_back(values[static_cast<size_t>((batch * shape[3] + channel) * pixels + pixel)]);
      }
    }
  }
  return permuted;
}

bool is_channels_last(const Tensor& tensor) {
  return tensor.shape.rank() == 4 && tensor.name.ends_with(kChannelsLast);
}

// One sample of the oracle's values, in the program's order.
std::vector<double> expected_values(const Tensor& tensor, const NpyArray& array, int64_t sample) {
  std::vector<double> values = values_of(tensor, array, sample);
  return is_channels_last(tensor) ? to_channels_last(tensor.shape, values) : values;
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
  return compare_values(tensor, actual, expected_values(tensor, array, sample));
}

const NpyArray* find_array(const std::map<std::string, NpyArray>& arrays, const Tensor& tensor) {
  auto found = arrays.find(tensor.name);
  if (found == arrays.end() && is_channels_last(tensor)) {
    found = arrays.find(tensor.name.substr(0, tensor.name.size() - kChannelsLast.size()));
  }
  return found != arrays.end() && comparable(tensor, found->second) ? &found->second : nullptr;
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

}  // namespace tmc::pipeline
