// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Every tiny shape beside the random ones of the contracts' own tests, as RE2's exhaustive tester takes every short
// expression: faults in handling edges show where there is little but edges.

#include <gtest/gtest.h>

#include "tmc/kernels/testing/average_pool_case.hpp"
#include "tmc/kernels/testing/conv_f32_case.hpp"
#include "tmc/kernels/testing/fully_connected_case.hpp"
#include "tmc/kernels/testing/int16_case.hpp"
#include "tmc/kernels/testing/max_pool_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// Every window along an axis of up to three elements that gives an output.
std::vector<Axis> every_axis() {
  std::vector<Axis> all;
  for (int32_t code = 0; code < 3 * 3 * 2 * 2 * 2 * 2; ++code) {
    auto digit = [rest = code](int32_t base) mutable {
      const int32_t value = rest % base;
      rest /= base;
      return value;
    };
    const Axis axis{digit(3) + 1, digit(3) + 1, digit(2) + 1, digit(2) + 1, digit(2), digit(2)};
    if (axis.output() > 0 && (axis.kernel > 1 || axis.dilation == 1)) all.push_back(axis);
  }
  return all;
}

// Calls visit(h, w, number of the case).
template <typename Visit>
void for_each_window(Visit visit) {
  const std::vector<Axis> axes = every_axis();
  int32_t number = 0;
  for (const Axis& h : axes) {
    for (const Axis& w : axes) visit(h, w, number++);
  }
}

// Channels in turn, of every remainder by four and two.
Case small_conv(std::mt19937& rng, const Axis& h, const Axis& w, int32_t number) {
  auto params = conv_params(h, w, number % 5 + 1, number / 5 % 5 + 1, 1);
  randomize_quantization(rng, params);
  return conv_case(rng, find_kernel("conv2d_s8"), params, ranges_of_round(number));
}

Case small_depthwise(std::mt19937& rng, const Axis& h, const Axis& w, int32_t number) {
  const int32_t channels = number % 5 + 1;
  auto params = conv_params(h, w, channels, channels * (number / 5 % 5 == 0 ? 2 : 1), channels);
  randomize_quantization(rng, params);
  return conv_case(rng, find_kernel("depthwise_conv2d_s8"), params, ranges_of_round(number));
}

TEST(EverySmallShape, ConvolutionsOfInt8) {
  std::mt19937 rng(51);
  for_each_window([&](const Axis& h, const Axis& w, int32_t number) {
    expect_implementations_agree(small_conv(rng, h, w, number));
    expect_implementations_agree(small_depthwise(rng, h, w, number));
  });
}

TEST(EverySmallShape, ConvolutionsOfInt16) {
  std::mt19937 rng(52);
  for_each_window([&](const Axis& h, const Axis& w, int32_t number) {
    expect_implementations_agree(int16_case<Conv2dS16>(rng, small_conv(rng, h, w, number)));
    expect_implementations_agree(int16_case<DepthwiseConv2dS16>(rng, small_depthwise(rng, h, w, number)));
  });
}

TEST(EverySmallShape, ConvolutionsOfFloats) {
  std::mt19937 rng(53);
  for_each_window([&](const Axis& h, const Axis& w, int32_t number) {
    expect_near_definition(float_conv_case<Conv2dF32>(rng, small_conv(rng, h, w, number)));
    expect_near_definition(float_conv_case<DepthwiseConv2dF32>(rng, small_depthwise(rng, h, w, number)));
  });
}

// Every number of channels on either side, in one pixel and in a window.
TEST(EverySmallShape, ChannelsOfConvolutions) {
  std::mt19937 rng(54);
  for (const Axis& axis : {Axis{1, 1, 1, 1, 0, 0}, Axis{3, 1, 1, 1, 0, 0}, Axis{3, 3, 1, 1, 1, 1}}) {
    for (int32_t input_c = 1; input_c <= 12; ++input_c) {
      for (int32_t output_c = 1; output_c <= 12; ++output_c) {
        auto params = conv_params(axis, axis, input_c, output_c, 1);
        randomize_quantization(rng, params);
        const Case made = conv_case(rng, find_kernel("conv2d_s8"), params, ranges_of_round(input_c * 12 + output_c));
        expect_implementations_agree(made);
        expect_implementations_agree(int16_case<Conv2dS16>(rng, made));
        expect_near_definition(float_conv_case<Conv2dF32>(rng, made));
      }
    }
  }
}

TEST(EverySmallShape, FullyConnected) {
  std::mt19937 rng(55);
  for (int32_t batch = 1; batch <= 3; ++batch) {
    for (int32_t inputs = 1; inputs <= 20; ++inputs) {
      for (int32_t outputs = 1; outputs <= 9; ++outputs) {
        const FullyConnectedS8::Params params{.batch = batch,
                                              .inputs = inputs,
                                              .outputs = outputs,
                                              .input_zero_point = pick(rng, -128, 127),
                                              .output_zero_point = pick(rng, -128, 127),
                                              .activation_min = -128,
                                              .activation_max = 127};
        const Case made = fully_connected_case(rng, params, ranges_of_round(inputs * 9 + outputs));
        expect_implementations_agree(made);
        expect_implementations_agree(int16_case<FullyConnectedS16>(rng, made));
      }
    }
  }
}

template <typename Contract>
typename Contract::Params small_pool(const Axis& h, const Axis& w, int32_t channels) {
  typename Contract::Params p{};
  p.batch = 1;
  p.channels = channels;
  p.input_h = h.input, p.input_w = w.input;
  p.output_h = h.output(), p.output_w = w.output();
  p.kernel_h = h.kernel, p.kernel_w = w.kernel;
  p.stride_h = h.stride, p.stride_w = w.stride;
  p.pad_top = h.pad_before, p.pad_left = w.pad_before;
  p.activation_min = kLeast<Element<Contract>>;
  p.activation_max = kMost<Element<Contract>>;
  return p;
}

template <typename Maximum, typename Average>
void expect_pools(std::mt19937& rng) {
  for_each_window([&](const Axis& h, const Axis& w, int32_t number) {
    // Pools have no dilation, and every window of theirs meets the image.
    const auto meets = [](const Axis& axis) {
      return axis.dilation == 1 && axis.kernel > axis.pad_before &&
             (axis.output() - 1) * axis.stride - axis.pad_before < axis.input;
    };
    if (!meets(h) || !meets(w)) return;
    const auto maximum = small_pool<Maximum>(h, w, number % 5 + 1);
    expect_max_pool<Maximum>(maximum, random_image<Maximum>(rng, maximum));
    auto average = small_pool<Average>(h, w, number % 5 + 1);
    average.count_include_pad = number % 2;
    expect_average_pool<Average>(average, random_image<Average>(rng, average));
  });
}

TEST(EverySmallShape, Pools) {
  std::mt19937 rng(56);
  expect_pools<MaxPoolS8, AveragePoolS8>(rng);
  expect_pools<MaxPoolS16, AveragePoolS16>(rng);
}

}  // namespace
}  // namespace tmc::kernels
