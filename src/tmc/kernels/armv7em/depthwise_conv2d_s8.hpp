// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Depthwise convolution of any window, with any number of output channels for every input channel: four channels of one
// output pixel at a time, a word of four inputs by a word of four weights for every tap inside the input.

#include "tmc/kernels/armv7em/detail/channel.hpp"
#include "tmc/kernels/armv7em/detail/clamp.hpp"
#include "tmc/kernels/armv7em/detail/long_channel.hpp"
#include "tmc/kernels/armv7em/detail/window.hpp"
#include "tmc/kernels/contract/conv2d.hpp"

namespace tmc::kernels::armv7em {

// Of channels in the short form (detail/channel.hpp) or in the long one (detail/long_channel.hpp).
template <typename AnyChannel>
struct DepthwiseConv2dS8Of : ImplementationOf<kernels::DepthwiseConv2dS8> {
  static constexpr bool applies(const Params& p) { return p.groups == p.input_c; }
  static constexpr double instructions(const Params& p) {
    const double blocks = 1.0 * p.batch * p.output_h * p.output_w * groups_of_four(p.output_c);
    const double tap = p.output_c == p.input_c ? 19 : 29;
    return 100 + blocks * (70 + 20 * p.kernel_h + tap * p.kernel_h * p.kernel_w);
  }

  static void run(Params p, Buffers b) {
    const auto* weights = static_cast<const int8_t*>(b.weights);
    const auto* channels = static_cast<const AnyChannel*>(b.channels);
    int8_t* output = b.output;
    for (int32_t image = 0; image < p.batch; ++image) {
      const int8_t* input = b.input + image * p.input_h * p.input_w * p.input_c;
      for (int32_t y = 0; y < p.output_h; ++y) {
        for (int32_t x = 0; x < p.output_w; ++x) {
          const Taps taps = taps_inside(p, y, x);
          const int8_t* tap_weights = weights;
          for (int32_t c = 0; c < p.output_c; c += 4, tap_weights += 4 * p.kernel_h * p.kernel_w) {
            run_block(p, input, inputs_of(p, c), taps, tap_weights, channels + c, output + c);
          }
          output += p.output_c;
        }
      }
    }
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, p.batch * p.output_h * p.output_w * p.output_c, p.activation_min, p.activation_max);
    }
  }

 private:
  // The first tap's row and column, and the taps that read inside the input.
  struct Taps {
    int32_t row, column;
    int32_t first_y, end_y, first_x, end_x;
  };

  static Taps taps_inside(const Params& p, int32_t y, int32_t x) {
    Taps taps{y * p.stride_h - p.pad_top, x * p.stride_w - p.pad_left, 0, p.kernel_h, 0, p.kernel_w};
    const auto inside = [](int32_t position, int32_t extent) { return position >= 0 && position < extent; };
    while (taps.first_y < taps.end_y && !inside(taps.row + taps.first_y * p.dilation_h, p.input_h)) ++taps.first_y;
    while (taps.first_y < taps.end_y && !inside(taps.row + (taps.end_y - 1) * p.dilation_h, p.input_h)) --taps.end_y;
    while (taps.first_x < taps.end_x && !inside(taps.column + taps.first_x * p.dilation_w, p.input_w)) ++taps.first_x;
    while (taps.first_x < taps.end_x && !inside(taps.column + (taps.end_x - 1) * p.dilation_w, p.input_w)) --taps.end_x;
    return taps;
  }

  // Of four output channels or, at the end, of fewer: which input channel each of them reads.
  struct Inputs {
    int32_t count;
    bool are_a_word;  // neighbours, one for each output channel
    int32_t channels[4];
  };

  static Inputs inputs_of(const Params& p, int32_t channel) {
    const int32_t count = p.output_c - channel < 4 ? p.output_c - channel : 4;
    Inputs inputs{count, p.output_c == p.input_c, {channel}};
    if (inputs.are_a_word) return inputs;
    for (int32_t i = 0; i < 4; ++i) {
      inputs.channels[i] = (channel + (i < count ? i : count - 1)) / (p.output_c / p.input_c);
    }
    return inputs;
  }

  static int32_t load_inputs(const int8_t* pixel, const Inputs& inputs) {
    const auto byte = [&](int32_t i) { return static_cast<uint32_t>(static_cast<uint8_t>(pixel[inputs.channels[i]])); };
    if (!inputs.are_a_word) return static_cast<int32_t>(byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24);
    const int8_t* from = pixel + inputs.channels[0];
    return inputs.count == 4 ? load_word(from) : load_partial(from, inputs.count);
  }

  // What the zero point's part of a tap outside would add is in the bias, so it is added here for those taps.
  static void run_block(const Params& p, const int8_t* input, const Inputs& inputs, const Taps& taps,
                        const int8_t* weights, const AnyChannel* channels, int8_t* output) {
    int32_t sums[4] = {};
    const auto zero_points = static_cast<int32_t>(static_cast<uint8_t>(p.input_zero_point) * 0x01010101U);
    for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
      const bool row_inside = ky >= taps.first_y && ky < taps.end_y;
      const int8_t* row = input + (taps.row + ky * p.dilation_h) * p.input_w * p.input_c;
      for (int32_t kx = 0; kx < p.kernel_w; ++kx, weights += 4) {
        int32_t values = zero_points;
        if (row_inside && kx >= taps.first_x && kx < taps.end_x) {
          values = load_inputs(row + (taps.column + kx * p.dilation_w) * p.input_c, inputs);
        }
        add_products(values, load_word(weights), sums);
      }
    }
    for (int32_t i = 0; i < inputs.count; ++i) {
      output[i] =
          requantize(wrapping_add(sums[i], channels[i].bias()), channels[i].requantization(), p.output_zero_point);
    }
  }

  static void add_products(int32_t values, int32_t weights, int32_t* sums) {
    const int32_t even = sxtb16(values);
    const int32_t odd = sxtb16_ror8(values);
    const int32_t even_weights = sxtb16(weights);
    const int32_t odd_weights = sxtb16_ror8(weights);
    sums[0] = smlabb(even, even_weights, sums[0]);
    sums[1] = smlabb(odd, odd_weights, sums[1]);
    sums[2] = smlatt(even, even_weights, sums[2]);
    sums[3] = smlatt(odd, odd_weights, sums[3]);
  }
};

struct DepthwiseConv2dS8 : DepthwiseConv2dS8Of<Channel> {};

// depthwise_conv2d_s8 for requantisations that it refuses: in the long form of detail/long_channel.hpp.
struct DepthwiseConv2dS8Long : DepthwiseConv2dS8Of<LongFormChannel> {
  static constexpr double instructions(const Params& p) {
    return DepthwiseConv2dS8Of::instructions(p) + 4.0 * p.batch * p.output_h * p.output_w * p.output_c;
  }
};

}  // namespace tmc::kernels::armv7em
