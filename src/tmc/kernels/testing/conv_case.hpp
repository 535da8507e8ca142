// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the convolutions.

#include "tmc/kernels/contract/conv2d_s8.hpp"
#include "tmc/kernels/testing/channel_case.hpp"

namespace tmc::kernels::testing {

// Extents of a window along one axis; the output's follows.
struct Axis {
  int32_t input, kernel, stride, dilation, pad_before, pad_after;

  int32_t output() const {
    const int32_t room = input + pad_before + pad_after - (kernel - 1) * dilation - 1;
    return room < 0 ? 0 : room / stride + 1;
  }
};

inline Conv2dS8::Params conv_params(const Axis& h, const Axis& w, int32_t input_c, int32_t output_c, int32_t groups) {
  Conv2dS8::Params p{};
  p.batch = 1;
  p.input_h = h.input, p.input_w = w.input, p.input_c = input_c;
  p.output_h = h.output(), p.output_w = w.output(), p.output_c = output_c;
  p.kernel_h = h.kernel, p.kernel_w = w.kernel;
  p.stride_h = h.stride, p.stride_w = w.stride;
  p.dilation_h = h.dilation, p.dilation_w = w.dilation;
  p.pad_top = h.pad_before, p.pad_left = w.pad_before;
  p.groups = groups;
  p.activation_min = -128, p.activation_max = 127;
  return p;
}

// A random window with a non-empty output; padding may reach beyond the kernel, as an explicit pad that was fused does.
inline Axis random_axis(std::mt19937& rng) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<>(low, high)(rng); };
  for (;;) {
    const Axis axis{pick(1, 9), pick(1, 4), pick(1, 3), pick(0, 4) ? 1 : 2, pick(0, 3), pick(0, 3)};
    if (axis.output() > 0) return axis;
  }
}

inline void randomize_quantization(std::mt19937& rng, Conv2dS8::Params& p) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<>(low, high)(rng); };
  const auto zero_point = [&] { return pick(0, 2) ? pick(-128, 127) : pick(0, 1) ? -128 : 127; };
  p.input_zero_point = zero_point();
  p.output_zero_point = zero_point();
  if (pick(0, 2) == 0) p.activation_min = p.output_zero_point;
  if (pick(0, 3) == 0) p.activation_max = std::min(127, p.activation_min + pick(1, 100));
}

inline Case conv_case(std::mt19937& rng, const KernelInfo* kernel, const Conv2dS8::Params& p,
                      const ChannelRanges& ranges) {
  const int32_t window = p.kernel_h * p.kernel_w * p.input_c / p.groups;
  Case test_case;
  test_case.kernel = kernel;
  test_case.params = to_words(p);
  test_case.constants =
      random_channel_constants(rng, static_cast<size_t>(p.output_c * window), static_cast<size_t>(p.output_c), ranges);
  const auto elements = static_cast<size_t>(p.batch * p.input_h * p.input_w * p.input_c);
  test_case.inputs = {to_bytes(random_values<int8_t>(rng, elements, -128, 127))};
  test_case.output_bytes = static_cast<size_t>(p.batch * p.output_h * p.output_w * p.output_c);
  return test_case;
}

// Ranges that a test should meet in turn: usual ones, weights at both limits, multipliers above 1 and near 0, biases
// that push sums to their limits.
inline ChannelRanges ranges_of_round(int round) {
  switch (round % 6) {
    case 0:
      return {128, 20000, 0.002};
    case 1:
      return {127, 20000, 2.0};
    case 2:
      return {127, 20000, 1e-9};
    case 3:
      return {127, 2000000000, 1e-7};
    default:
      return {127, 3000, 0.004};
  }
}

}  // namespace tmc::kernels::testing
