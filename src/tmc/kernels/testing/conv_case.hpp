// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of the convolutions.

#include "tmc/kernels/contract/conv2d.hpp"
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

// Any window over any channels, sometimes in groups.
inline Case any_conv_case(std::mt19937& rng, int round) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<>(low, high)(rng); };
  const int32_t groups = pick(0, 5) == 0 ? pick(2, 4) : 1;
  const Axis h = random_axis(rng);
  const Axis w = random_axis(rng);
  const int32_t input_c = groups * pick(1, 9);
  auto params = conv_params(h, w, input_c, groups * pick(1, 9), groups);
  params.batch = pick(0, 4) ? 1 : 2;
  randomize_quantization(rng, params);
  return conv_case(rng, find_kernel("conv2d_s8"), params, ranges_of_round(round));
}

// As networks have them: channels in multiples of four, pointwise and 3x3, few input channels.
inline Case network_conv_case(std::mt19937& rng, int round) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<>(low, high)(rng); };
  const int32_t extent = pick(1, 9);
  const int32_t stride = pick(1, 2);
  const Axis pointwise{extent, 1, stride, 1, 0, 0};
  const Axis three{extent, 3, stride, 1, pick(0, 1), pick(0, 1) + (extent < 3 ? 2 : 0)};
  const Axis axis = round % 2 ? three : pointwise;
  const int32_t input_c = round % 3 == 0 ? pick(1, 3) : 4 * pick(1, 16);
  auto params = conv_params(axis, axis, input_c, pick(0, 3) ? 4 * pick(1, 8) : pick(1, 20), 1);
  randomize_quantization(rng, params);
  return conv_case(rng, find_kernel("conv2d_s8"), params, ranges_of_round(round));
}

// Weights within [-127, 127] but for one of -128 in every channel, as quantisers to the full range leave them.
inline Case full_range_conv_case(std::mt19937& rng) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<>(low, high)(rng); };
  const Axis axis{pick(1, 7), 1, 1, 1, 0, 0};
  const int32_t input_c = 4 * pick(1, 8);
  const int32_t output_c = 2 * pick(4, 16);
  auto params = conv_params(axis, axis, input_c, output_c, 1);
  randomize_quantization(rng, params);
  Case test_case = conv_case(rng, find_kernel("conv2d_s8"), params, {});
  for (int32_t channel = 0; channel < output_c; ++channel) {
    test_case.constants[0].bytes[static_cast<size_t>(channel * input_c + pick(0, input_c - 1))] = std::byte{0x80};
  }
  return test_case;
}

inline Case any_depthwise_case(std::mt19937& rng, int round) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<>(low, high)(rng); };
  const int32_t channels = pick(1, 9);
  const Axis h = random_axis(rng);
  const Axis w = random_axis(rng);
  auto params = conv_params(h, w, channels, channels * (pick(0, 3) ? 1 : pick(2, 4)), channels);
  params.batch = pick(0, 4) ? 1 : 2;
  randomize_quantization(rng, params);
  return conv_case(rng, find_kernel("depthwise_conv2d_s8"), params, ranges_of_round(round));
}

// Any window over channels that fill several vectors, or begin one more.
inline Case many_channels_depthwise_case(std::mt19937& rng, int round) {
  const int32_t channels = std::uniform_int_distribution<>(16, 70)(rng);
  auto params = conv_params(random_axis(rng), random_axis(rng), channels, channels, channels);
  params.batch = 1 + round % 2;
  randomize_quantization(rng, params);
  return conv_case(rng, find_kernel("depthwise_conv2d_s8"), params, ranges_of_round(round));
}

// 3x3 windows over channels in multiples of four, and windows along one axis.
inline Case network_depthwise_case(std::mt19937& rng, int round) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<>(low, high)(rng); };
  const int32_t stride = pick(1, 2);
  const int longest = round % 10 == 0 ? 50 : 12;  // rarely what implementations take in several parts
  const auto three = [&] { return Axis{pick(2, longest), 3, stride, 1, pick(0, 1), 1}; };
  const Axis one{pick(1, 9), 1, 1, 1, 0, 0};
  const Axis h = round % 5 == 3 ? one : three();
  const Axis w = round % 5 == 4 ? one : three();
  const int32_t channels = 4 * pick(1, 5);
  auto params = conv_params(h, w, channels, channels, channels);
  randomize_quantization(rng, params);
  return conv_case(rng, find_kernel("depthwise_conv2d_s8"), params, ranges_of_round(round));
}

// Larger windows than 3x3, square or long, on images that take implementations several parts.
inline Case large_depthwise_case(std::mt19937& rng, int round) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<>(low, high)(rng); };
  const auto axis = [&](int kernel) {
    const int stride = pick(1, 3);
    return Axis{kernel + pick(0, 45), kernel, stride, kernel > 1 && pick(0, 5) == 0 ? 2 : 1,
                pick(0, kernel - 1),  kernel};
  };
  const Axis h = axis(round % 3 == 0 ? 1 : pick(4, 9));
  const Axis w = axis(round % 3 == 1 ? 1 : pick(4, 9));
  const int32_t channels = pick(1, 10);
  auto params = conv_params(h, w, channels, channels, channels);
  randomize_quantization(rng, params);
  return conv_case(rng, find_kernel("depthwise_conv2d_s8"), params, ranges_of_round(round));
}

// A case of a convolution, depthwise or not, with its weights as int16, `times` as large.
inline Case with_wide_weights(const Case& of, int16_t times) {
  Case wide = of;
  wide.kernel = find_kernel(Conv2dS8W16::kName);
  std::vector<int16_t> weights;
  for (const std::byte byte : of.constants[0].bytes) {
    weights.push_back(static_cast<int16_t>(times * static_cast<int8_t>(byte)));
  }
  wide.constants[0] = make_blob(DType::kI16, weights);
  return wide;
}

}  // namespace tmc::kernels::testing
