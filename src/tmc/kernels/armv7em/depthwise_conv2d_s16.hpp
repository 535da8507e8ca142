// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Depthwise convolution of any window over int16 activations, one output channel for every input channel, two channels
// at a time: their weights are widened into scratch once an image, and so are the input rows that the window needs,
// two channels in a word, with the padding around them. A tap is a word of inputs by a word of weights.

#include "tmc/kernels/armv7em/detail/int16_channel.hpp"
#include "tmc/kernels/contract/conv2d.hpp"

namespace tmc::kernels::armv7em {

// Of channels that are rescaled in one instruction or in two (detail/int16_channel.hpp).
template <typename AnyChannel>
struct DepthwiseConv2dS16Of : ImplementationOf<kernels::DepthwiseConv2dS16> {
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
    const auto* channels = static_cast<const AnyChannel*>(b.channels);
    auto* weights = static_cast<int32_t*>(b.scratch);
    int32_t* ring = weights + filled_taps(p) + p.kernel_h;
    for (int32_t i = 0; i < lines(p) * line_words(p); ++i) ring[i] = 0;
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
  static constexpr int32_t line_words(const Params& p) {
    return (p.output_w - 1) * p.stride_w + (p.kernel_w - 1) * p.dilation_w + 1;
  }
  // The words of a line before and behind its inputs are zero.
  static constexpr int32_t first_input(const Params& p) {
    return p.pad_left < line_words(p) ? p.pad_left : line_words(p);
  }
  static constexpr int32_t inputs_end(const Params& p) {
    return p.input_w < line_words(p) - first_input(p) ? first_input(p) + p.input_w : line_words(p);
  }
  static constexpr bool is_three_by_three(const Params& p) {
    return p.kernel_h == 3 && p.kernel_w == 3 && p.dilation_w == 1 && (p.stride_w == 1 || p.stride_w == 2);
  }

 private:
  struct ChannelPair {
    AnyChannel low, high;
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

  // Row y of two channels, or of one; zeros where there is none.
  static void fill_line(const Params& p, const int16_t* input, int32_t y, bool two, int32_t* line) {
    int32_t* end = line + inputs_end(p);
    line += first_input(p);
    const int16_t* from = input + y * p.input_w * p.input_c;
    if (y < 0 || y >= p.input_h) {
      for (; line < end; ++line) *line = 0;
    } else if (two) {
      for (; line < end; ++line, from += p.input_c) *line = load_word(from);
    } else {
      for (; line < end; ++line, from += p.input_c) *line = *from;
    }
  }

  static void run_row(const Params& p, const Rows& rows, const ChannelPair& pair, int16_t* output) {
    if (!is_three_by_three(p)) {
      run_pixels(
          p, pair, output,
          [&](int32_t x, Sums& first, Sums& second) {
            for_each_tap(p, rows, x, [&](const int32_t* inputs, int32_t weights) {
              first.add(inputs[0], weights);
              second.add(inputs[p.stride_w], weights);
            });
          },
          [&](int32_t x, Sums& last) {
            for_each_tap(p, rows, x, [&](const int32_t* inputs, int32_t weights) { last.add(*inputs, weights); });
          });
    } else if (p.stride_w == 1) {
      run_three_by_three<1>(p, rows, pair, output);
    } else {
      run_three_by_three<2>(p, rows, pair, output);
    }
  }

  // add_two(x, first, second) adds the windows of outputs x and x + 1, add_one(x, last) that of x.
  template <typename AddTwo, typename AddOne>
  static void run_pixels(const Params& p, const ChannelPair& pair, int16_t* output, const AddTwo& add_two,
                         const AddOne& add_one) {
    const Sums biases{pair.low.bias, pair.high.bias};
    const auto put = [&](const Sums& sums) {
      output[0] = rescale(sums.low, pair.low, p.activation_min, p.activation_max);
      if (pair.left > 1) output[1] = rescale(sums.high, pair.high, p.activation_min, p.activation_max);
      output += p.output_c;
    };
    int32_t x = 0;
    for (; x + 1 < p.output_w; x += 2) {
      Sums first = biases;
      Sums second = biases;
      add_two(x, first, second);
      put(first);
      put(second);
    }
    if (x == p.output_w) return;
    Sums last = biases;
    add_one(x, last);
    put(last);
  }

  template <int kStride>
  static void run_three_by_three(const Params& p, const Rows& rows, const ChannelPair& pair, int16_t* output) {
    const int32_t* weights = rows.weights;
    const int32_t* lines[3];
    for (int32_t ky = 0; ky < 3; ++ky) lines[ky] = rows.lines + rows.offsets[ky];
    run_pixels(
        p, pair, output,
        [&](int32_t, Sums& first, Sums& second) {
#pragma GCC unroll 3
          for (int32_t ky = 0; ky < 3; ++ky) {
#pragma GCC unroll 3
            for (int32_t kx = 0; kx < 3; ++kx) {
              first.add(lines[ky][kx], weights[3 * ky + kx]);
              second.add(lines[ky][kStride + kx], weights[3 * ky + kx]);
            }
            lines[ky] += 2 * kStride;
          }
        },
        [&](int32_t, Sums& last) {
#pragma GCC unroll 9
          for (int32_t tap = 0; tap < 9; ++tap) last.add(lines[tap / 3][tap % 3], weights[tap]);
        });
  }

  // add(inputs, weights) for the taps of output x.
  template <typename Add>
  static void for_each_tap(const Params& p, const Rows& rows, int32_t x, const Add& add) {
    const int32_t* weights = rows.weights;
    for (int32_t ky = 0; ky < p.kernel_h; ++ky) {
      const int32_t* inputs = rows.lines + rows.offsets[ky] + x * p.stride_w;
      for (int32_t kx = 0; kx < p.kernel_w; ++kx, inputs += p.dilation_w, ++weights) add(inputs, *weights);
    }
  }
};

struct DepthwiseConv2dS16 : DepthwiseConv2dS16Of<ShortChannel> {};

// depthwise_conv2d_s16 for multipliers of a half and more, whose channels are rescaled in two instructions.
struct DepthwiseConv2dS16Steep : DepthwiseConv2dS16Of<SteepChannel> {
  static constexpr double instructions(const Params& p) {
    return DepthwiseConv2dS16Of::instructions(p) + 2.0 * p.batch * p.output_h * p.output_w * p.output_c;
  }
};

}  // namespace tmc::kernels::armv7em
