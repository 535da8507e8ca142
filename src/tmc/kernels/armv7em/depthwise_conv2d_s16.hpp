// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Depthwise convolution of any window over int16 activations, one output channel for every input channel, two channels
// at a time: their weights are widened into scratch once an image, and so are the input rows that the window needs,
// two channels in a word, with the padding around them. A tap is a word of inputs by a word of weights.

#include "tmc/kernels/armv7em/detail/int16_channel.hpp"
#include "tmc/kernels/contract/depthwise_conv2d_s16.hpp"

namespace tmc::kernels::armv7em {

struct DepthwiseConv2dS16 {
  using Contract = kernels::DepthwiseConv2dS16;
  using Params = Contract::Params;
  using Buffers = Contract::Buffers;

  static constexpr bool applies(const Params& p) {
    return p.groups == p.input_c && p.output_c == p.input_c && kernels::Conv2dS16::is_symmetric(p);
  }
  static constexpr int64_t scratch_bytes(const Params& p) {
    return 4 * (int64_t{filled_taps(p)} + p.kernel_h + int64_t{lines(p)} * line_words(p));
  }
  // Nothing but the same two channels is read between outputs, and of those what lies at their addresses was read
  // before: an output row lies no further back than the input row of its number.
  static constexpr Overlap overlap(const Params& p, int) {
    const bool shrinks = p.output_h <= p.input_h && p.output_w <= p.input_w;
    return shrinks && lines(p) > p.pad_top ? Overlap{Overlap::Kind::kSameBegin, 0} : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) {
    const double rows = 1.0 * p.batch * ((p.input_c + 1) / 2) * p.output_h;
    const double tap = is_three_by_three(p) ? 3 : 8;
    return 100 +
           rows * (60 + 5.0 * p.stride_h * line_words(p) + p.output_w * (20 + p.kernel_h * (5 + tap * p.kernel_w)));
  }

  static void run(Params p, Buffers b) {
    const auto* channels = static_cast<const ShortChannel*>(b.channels);
    auto* weights = static_cast<int32_t*>(b.scratch);
    for (int32_t image = 0; image < p.batch; ++image) {
      const int16_t* input = b.input + image * p.input_h * p.input_w * p.input_c;
      int16_t* output = b.output + image * p.output_h * p.output_w * p.output_c;
      const auto* packed = static_cast<const int8_t*>(b.weights);
      for (int32_t c = 0; c < p.input_c; c += 2, packed += 2 * filled_taps(p)) {
        for (int32_t tap = 0; tap < filled_taps(p); tap += 2) {
          const int32_t word = load_word(packed + 2 * tap);
          weights[tap] = sxtb16(word);
          weights[tap + 1] = sxtb16_ror8(word);
        }
        run_channels(p, input + c, {channels[c], channels[c + 1], p.input_c - c}, weights, output + c);
      }
    }
  }

  // Widened by two at a time.
  static constexpr int32_t filled_taps(const Params& p) { return (p.kernel_h * p.kernel_w + 1) / 2 * 2; }
  // Input rows from the window's first to its last, which are kept.
  static constexpr int32_t lines(const Params& p) { return (p.kernel_h - 1) * p.dilation_h + 1; }
  // Outputs are made two at a time.
  static constexpr int32_t line_words(const Params& p) {
    return ((p.output_w + 1) / 2 * 2 - 1) * p.stride_w + (p.kernel_w - 1) * p.dilation_w + 1;
  }
  static constexpr bool is_three_by_three(const Params& p) {
    return p.kernel_h == 3 && p.kernel_w == 3 && p.dilation_w == 1 && (p.stride_w == 1 || p.stride_w == 2);
  }

 private:
  struct ChannelPair {
    ShortChannel low, high;
    int32_t left;  // channels from the first of the two on
  };
  // What the outputs of a row are computed from.
  struct Rows {
    const int32_t* weights;
    const int32_t* offsets;  // of the window's rows in `lines`
    const int32_t* lines;
  };
  struct Sums {
    int32_t low, high;

    void add(int32_t values, int32_t weights) {
      low = smlabb(values, weights, low);
      high = smlatt(values, weights, high);
    }
  };

  static void run_channels(const Params& p, const int16_t* input, const ChannelPair& pair, int32_t* scratch,
                           int16_t* output) {
    int32_t* offsets = scratch + filled_taps(p);
    int32_t* ring = offsets + p.kernel_h;
    int32_t next = -p.pad_top;  // the input row that is read next
    int32_t slot = 0;           // where it goes
    for (int32_t y = 0; y < p.output_h; ++y, output += p.output_w * p.output_c) {
      const int32_t first = y * p.stride_h - p.pad_top;
      if (next < first) next = first;
      for (; next < first + lines(p); ++next) {
        fill_line(p, input, next, pair.left > 1, ring + slot * line_words(p));
        slot = slot + 1 == lines(p) ? 0 : slot + 1;
      }
      // The oldest of the kept rows is the window's first.
      int32_t at = slot;
      for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
        offsets[ky] = at * line_words(p);
        at += p.dilation_h;
        if (at >= lines(p)) at -= lines(p);
      }
      run_row(p, {scratch, offsets, ring}, pair, output);
    }
  }

  // Row y of two channels, or of one, with its padding.
  static void fill_line(const Params& p, const int16_t* input, int32_t y, bool two, int32_t* line) {
    const int32_t words = line_words(p);
    const int32_t begin = p.pad_left < words ? p.pad_left : words;
    const int32_t end = y < 0 || y >= p.input_h ? begin : p.input_w < words - begin ? begin + p.input_w : words;
    for (int32_t i = 0; i < begin; ++i) line[i] = 0;
    const int16_t* from = input + y * p.input_w * p.input_c;
    if (two) {
      for (int32_t i = begin; i < end; ++i, from += p.input_c) line[i] = load_word(from);
    } else {
      for (int32_t i = begin; i < end; ++i, from += p.input_c) line[i] = *from;
    }
    for (int32_t i = end; i < words; ++i) line[i] = 0;
  }

  static void run_row(const Params& p, const Rows& rows, const ChannelPair& pair, int16_t* output) {
    if (!is_three_by_three(p)) {
      run_pixels(p, pair, output, [&](int32_t x, Sums& first, Sums& second) { add_any(p, rows, x, first, second); });
    } else if (p.stride_w == 1) {
      run_three_by_three<1>(p, rows, pair, output);
    } else {
      run_three_by_three<2>(p, rows, pair, output);
    }
  }

  // add(x, first, second) adds the windows of outputs x and x + 1.
  template <typename Add>
  static void run_pixels(const Params& p, const ChannelPair& pair, int16_t* output, const Add& add) {
    const auto put = [&](const Sums& sums) {
      output[0] = rescale(sums.low, pair.low, p.activation_min, p.activation_max);
      if (pair.left > 1) output[1] = rescale(sums.high, pair.high, p.activation_min, p.activation_max);
      output += p.output_c;
    };
    for (int32_t x = 0; x < p.output_w; x += 2) {
      Sums first{pair.low.bias, pair.high.bias};
      Sums second = first;
      add(x, first, second);
      put(first);
      if (x + 1 < p.output_w) put(second);
    }
  }

  template <int kStride>
  static void run_three_by_three(const Params& p, const Rows& rows, const ChannelPair& pair, int16_t* output) {
    const int32_t* weights = rows.weights;
    const int32_t* lines[3];
    for (int32_t ky = 0; ky < 3; ++ky) lines[ky] = rows.lines + rows.offsets[ky];
    run_pixels(p, pair, output, [&](int32_t, Sums& first, Sums& second) {
#pragma GCC unroll 3
      for (int32_t ky = 0; ky < 3; ++ky) {
#pragma GCC unroll 3
        for (int32_t kx = 0; kx < 3; ++kx) {
          first.add(lines[ky][kx], weights[3 * ky + kx]);
          second.add(lines[ky][kStride + kx], weights[3 * ky + kx]);
        }
        lines[ky] += 2 * kStride;
      }
    });
  }

  static void add_any(const Params& p, const Rows& rows, int32_t x, Sums& first, Sums& second) {
    const int32_t* weights = rows.weights;
    for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
      const int32_t* line = rows.lines + rows.offsets[ky] + x * p.stride_w;
      for (int32_t kx = 0; kx < p.kernel_w; ++kx, line += p.dilation_w, ++weights) {
        first.add(line[0], *weights);
        second.add(line[p.stride_w], *weights);
      }
    }
  }
};

}  // namespace tmc::kernels::armv7em
