// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Depthwise 3x3 with stride 1 or 2, four channels at a time over the whole image: input rows are widened two by two
// into planes, of which two pairs are kept, and a strip of output follows each new pair (detail/depthwise_rows.hpp).
//
// Where the output begins at the input's address, channels of a group overwrite no other group's, and rows are read
// before they are overwritten: the convolution runs in place.

#include "tmc/kernels/armv7em/detail/depthwise_rows.hpp"
#include "tmc/kernels/armv7em/detail/forward_slack.hpp"
#include "tmc/kernels/contract/depthwise_conv2d_s8.hpp"

namespace tmc::kernels::armv7em {

struct DepthwiseConv2dS83x3 {
  using Contract = kernels::DepthwiseConv2dS8;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params& p) {
    return p.groups == p.input_c && p.output_c == p.input_c && p.input_c % 4 == 0 && p.kernel_h == 3 &&
           p.kernel_w == 3 && p.dilation_h == 1 && p.dilation_w == 1 && p.stride_h == p.stride_w && p.stride_h <= 2;
  }
  static constexpr int64_t scratch_bytes(const Params& p) {
    return 4 * static_cast<int64_t>(sizeof(DepthwiseChannel)) + 2 * 4 * 8 * int64_t{plane_columns(p)};
  }
  static constexpr Overlap overlap(const Params& p, int) {
    const bool reads_ahead = forward_overlap(p, strip_rows(p) * p.output_w).slack_bytes >= 0;
    return reads_ahead ? Overlap{Overlap::Kind::kSameBegin, 0} : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) {
    const double strips = 1.0 * (p.output_h + strip_rows(p) - 1) / strip_rows(p);
    const double strip = 4 * (29 + (p.stride_h == 1 ? 27.5 : 17.5) * p.output_w) + 200 + 36 * plane_columns(p);
    return p.batch * p.input_c / 4 * (150 + strips * strip);
  }

  static void run(Params p, Buffers b) {
    const auto* weights = static_cast<const int8_t*>(b.weights);
    const auto* channels = static_cast<const Channel*>(b.channels);
    for (int32_t image = 0; image < p.batch; ++image) {
      const int8_t* input = b.input + image * p.input_h * p.input_w * p.input_c;
      int8_t* output = b.output + image * p.output_h * p.output_w * p.output_c;
      for (int32_t c = 0; c < p.input_c; c += 4) {
        run_group(p, input + c, output + c, weights + 9 * c, channels + c, b.scratch);
      }
    }
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, p.batch * p.output_h * p.output_w * p.output_c, p.activation_min, p.activation_max);
    }
  }

 private:
  static constexpr int32_t strip_rows(const Params& p) { return p.stride_h == 1 ? 2 : 1; }
  // Words of a row of a plane: column pairs of the input that an even number of output columns needs.
  static constexpr int32_t plane_columns(const Params& p) { return (p.output_w + 1) / 2 * p.stride_w + 1; }

  static void unpack_channel(const int8_t* weights, const Channel& channel, DepthwiseChannel* unpacked) {
    for (int32_t row = 0; row < 3; ++row) {
      const int32_t word = load_word(weights + 3 * row);
      const int32_t outer = sxtb16(word);
      const int32_t middle = sxtb16_ror8(word);
      unpacked->weights[2 * row] = pack_bottoms(outer, middle);
      unpacked->weights[2 * row + 1] =
          static_cast<int32_t>((static_cast<uint32_t>(outer) & 0xFFFF0000) | (static_cast<uint32_t>(middle) & 0xFFFF));
    }
    for (int32_t& bias : unpacked->bias) bias = channel.bias();
    unpacked->doubled_multiplier = channel.doubled_multiplier;
    unpacked->factor = static_cast<int32_t>((uint32_t{1} << (channel.bias_and_shift & 0xFF)) + 1);
  }

  static void run_group(const Params& p, const int8_t* input, int8_t* output, const int8_t* weights,
                        const Channel* channels, void* scratch) {
    auto* unpacked = static_cast<DepthwiseChannel*>(scratch);
    for (int32_t i = 0; i < 4; ++i) unpack_channel(weights + 9 * i, channels[i], unpacked + i);

    const int32_t plane_words = 2 * plane_columns(p);
    auto* upper = reinterpret_cast<int32_t*>(unpacked + 4);
    int32_t* lower = upper + 4 * plane_words;
    DepthwiseStrip strip{unpacked,  nullptr, nullptr, plane_words * 4, nullptr, output, p.output_c, p.output_zero_point,
                         p.output_w};
    int32_t row = -p.pad_top;
    widen_rows(p, input, row, upper);
    for (int32_t y = 0; y < p.output_h; y += strip_rows(p)) {
      row += 2;
      widen_rows(p, input, row, lower);
      strip.upper = upper;
      strip.lower = lower;
      strip.second_output = strip.output + (y + 1 < p.output_h ? p.output_w * p.output_c : 0);
      if (p.stride_h == 1) {
        run_depthwise_stride1(&strip);
      } else {
        run_depthwise_stride2(&strip);
      }
      strip.output += strip_rows(p) * p.output_w * p.output_c;
      int32_t* const free = upper;
      upper = lower;
      lower = free;
    }
  }

  // Four channels of two pixels in two rows, into the channels' planes.
  static void widen_square(int32_t upper0, int32_t upper1, int32_t lower0, int32_t lower1, int32_t plane_words,
                           int32_t* to) {
    const int32_t upper_even[2] = {sxtb16(upper0), sxtb16(upper1)};
    const int32_t upper_odd[2] = {sxtb16_ror8(upper0), sxtb16_ror8(upper1)};
    const int32_t lower_even[2] = {sxtb16(lower0), sxtb16(lower1)};
    const int32_t lower_odd[2] = {sxtb16_ror8(lower0), sxtb16_ror8(lower1)};
    to[0] = pack_bottoms(upper_even[0], upper_even[1]);
    to[1] = pack_bottoms(lower_even[0], lower_even[1]);
    to += plane_words;
    to[0] = pack_bottoms(upper_odd[0], upper_odd[1]);
    to[1] = pack_bottoms(lower_odd[0], lower_odd[1]);
    to += plane_words;
    to[0] = pack_tops(upper_even[0], upper_even[1]);
    to[1] = pack_tops(lower_even[0], lower_even[1]);
    to += plane_words;
    to[0] = pack_tops(upper_odd[0], upper_odd[1]);
    to[1] = pack_tops(lower_odd[0], lower_odd[1]);
  }

  // Rows y and y + 1 of the input, either of which may lie outside.
  static void widen_rows(const Params& p, const int8_t* input, int32_t y, int32_t* planes) {
    const auto zero_points = static_cast<int32_t>(static_cast<uint8_t>(p.input_zero_point) * 0x01010101U);
    const int32_t row_bytes = p.input_w * p.input_c;
    const bool upper_inside = y >= 0 && y < p.input_h;
    const bool lower_inside = y + 1 >= 0 && y + 1 < p.input_h;
    const int32_t plane_words = 2 * plane_columns(p);
    const int8_t* row = input + y * row_bytes;
    const auto pixel = [&](bool inside, const int8_t* from, int32_t x) {
      return inside && x >= 0 && x < p.input_w ? load_word(from + x * p.input_c) : zero_points;
    };
    for (int32_t j = 0; j < plane_columns(p); ++j) {
      const int32_t x = 2 * j - p.pad_left;
      if (upper_inside && lower_inside && x >= 0 && x + 1 < p.input_w) {
        const int8_t* first = row + x * p.input_c;
        widen_square(load_word(first), load_word(first + p.input_c), load_word(first + row_bytes),
                     load_word(first + row_bytes + p.input_c), plane_words, planes + 2 * j);
      } else {
        widen_square(pixel(upper_inside, row, x), pixel(upper_inside, row, x + 1),
                     pixel(lower_inside, row + row_bytes, x), pixel(lower_inside, row + row_bytes, x + 1), plane_words,
                     planes + 2 * j);
      }
    }
  }
};

}  // namespace tmc::kernels::armv7em
