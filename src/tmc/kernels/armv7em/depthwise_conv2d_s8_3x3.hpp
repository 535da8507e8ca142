// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Depthwise 3x3 with stride 1 or 2, four channels at a time over the whole image, in slabs: as many input rows as fit
// the planes are widened (detail/depthwise_planes.hpp), then the strips of output that they make are run
// (detail/depthwise_rows.hpp).
//
// Where the output begins at the input's address, channels of a group overwrite no other group's, and rows are read
// before they are overwritten: the convolution runs in place.

#include "tmc/kernels/armv7em/detail/depthwise_planes.hpp"
#include "tmc/kernels/armv7em/detail/depthwise_rows.hpp"
#include "tmc/kernels/contract/depthwise_conv2d_s8.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::armv7em {

struct DepthwiseConv2dS83x3 {
  using Contract = kernels::DepthwiseConv2dS8;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params& p) {
    return p.groups == p.input_c && p.output_c == p.input_c && p.input_c % 4 == 0 && p.kernel_h == 3 &&
           p.kernel_w == 3 && p.dilation_h == 1 && p.dilation_w == 1 && p.stride_h == p.stride_w && p.stride_h <= 2 &&
           p.output_w >= 2;
  }
  static constexpr int32_t kMaxWidening = 7;  // weights have 16 bits in the planes' products
  static constexpr int64_t scratch_bytes(const Params& p) {
    return 4 * static_cast<int64_t>(sizeof(DepthwiseChannel)) + (slab_strips(p) + 1) * row_pair_bytes(p);
  }
  static constexpr Overlap overlap(const Params& p, int) {
    return reads_ahead(p) ? Overlap{Overlap::Kind::kSameBegin, 0} : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) {
    const double rows = strips(p);
    const double step = p.stride_h == 1 ? 55 : 36;
    const double strip = 4 * (20 + step * p.output_w / 2) + 80 + 25 * plane_columns(p);
    return p.batch * p.input_c / 4 * (350 + (rows + 1) * strip);
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
  static constexpr int32_t kPlaneBytes = 4096;  // of scratch, if two row pairs take no more

  // Before a strip is written, two row pairs beyond the strips before it have been widened.
  static constexpr bool reads_ahead(const Params& p) {
    if (p.batch > 1 && p.output_h * p.output_w != p.input_h * p.input_w) return false;
    for (int32_t strip = 1; strip < strips(p); ++strip) {
      const int32_t unread_row = 2 * (strip + 1) - p.pad_top;
      if (strip * strip_rows(p) * p.output_w > unread_row * p.input_w) return false;
    }
    return true;
  }
  static constexpr int32_t strip_rows(const Params& p) { return p.stride_h == 1 ? 2 : 1; }
  static constexpr int32_t strips(const Params& p) { return (p.output_h + strip_rows(p) - 1) / strip_rows(p); }
  // Of four channels.
  static constexpr int64_t row_pair_bytes(const Params& p) { return int64_t{32} * plane_columns(p); }
  static constexpr int32_t slab_strips(const Params& p) {
    const int64_t fit = kPlaneBytes / row_pair_bytes(p) - 1;
    return fit < 1 ? 1 : fit < strips(p) ? static_cast<int32_t>(fit) : strips(p);
  }

  static int32_t shift_lanes(int32_t word, int32_t bits) {
    const auto lanes = static_cast<uint32_t>(word);
    return static_cast<int32_t>((lanes & 0xFFFF0000) << bits | (lanes << bits & 0xFFFF));
  }

  static void unpack_channel(const int8_t* weights, const Channel& channel, DepthwiseChannel* unpacked) {
    for (int32_t row = 0; row < 3; ++row) {
      const int32_t word = load_word(weights + 3 * row);
      const int32_t outer = sxtb16(word);
      const int32_t middle = sxtb16_ror8(word);
      unpacked->weights[2 * row] = pack_bottoms(outer, middle);
      unpacked->weights[2 * row + 1] =
          static_cast<int32_t>((static_cast<uint32_t>(outer) & 0xFFFF0000) | (static_cast<uint32_t>(middle) & 0xFFFF));
    }
    if (channel.widening() != 0) {
      for (int32_t& word : unpacked->weights) word = shift_lanes(word, channel.widening());
    }
    for (int32_t& bias : unpacked->bias) bias = channel.bias();
    unpacked->requantization = channel.requantization();
  }

  static void run_group(const Params& p, const int8_t* input, int8_t* output, const int8_t* weights,
                        const Channel* channels, void* scratch) {
    auto* unpacked = static_cast<DepthwiseChannel*>(scratch);
    for (int32_t i = 0; i < 4; ++i) unpack_channel(weights + 9 * i, channels[i], unpacked + i);

    auto* planes = reinterpret_cast<int32_t*>(unpacked + 4);
    const int32_t pair_words = 2 * plane_columns(p);
    const int32_t plane_words = (slab_strips(p) + 1) * pair_words;
    const int32_t row_bytes = p.output_w * p.output_c;
    DepthwiseStrips slab{unpacked,   planes, 4 * plane_words, output, row_bytes, p.output_c, p.output_zero_point,
                         p.output_w, 0};
    for (int32_t first = 0; first < strips(p); first += slab.count) {
      const int32_t left = strips(p) - first;
      slab.count = left < slab_strips(p) ? left : slab_strips(p);
      if (first > 0) keep_last_row_pair(plane_words, pair_words, planes);
      for (int32_t i = first > 0 ? 1 : 0; i <= slab.count; ++i) {
        widen_row_pair(p, input, 2 * (first + i) - p.pad_top, plane_words, planes + i * pair_words);
      }
      slab.output = output + first * strip_rows(p) * row_bytes;
      run_slab(p, slab, left == slab.count && p.output_h % strip_rows(p) != 0);
    }
  }

  // A full slab's last row pair is the next one's first.
  static void keep_last_row_pair(int32_t plane_words, int32_t pair_words, int32_t* planes) {
    for (int32_t c = 0; c < 4; ++c, planes += plane_words) {
      const int32_t* last = planes + plane_words - pair_words;
      for (int32_t i = 0; i < pair_words; ++i) planes[i] = last[i];
    }
  }

  // `single_row`: the last strip has no lower row.
  static void run_slab(const Params& p, DepthwiseStrips slab, bool single_row) {
    if (p.stride_h == 2) return run_depthwise_stride2(&slab);
    if (single_row) --slab.count;
    if (slab.count > 0) run_depthwise_stride1(&slab);
    if (!single_row) return;
    slab.planes += slab.count * 2 * plane_columns(p);
    slab.output += slab.count * 2 * slab.second_row;
    slab.second_row = 0;
    slab.count = 1;
    run_depthwise_stride1(&slab);
  }
};

}  // namespace tmc::kernels::armv7em
