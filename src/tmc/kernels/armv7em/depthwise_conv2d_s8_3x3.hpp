// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Depthwise 3x3 with stride 1 or 2, four channels at a time over the whole image, in slabs: as many input rows as fit
// the planes are widened (detail/depthwise_planes.hpp), then the strips of output that they make are run
// (detail/depthwise_rows.hpp). An image higher than wide is run transposed where that takes one slab: few long strips
// cost less than many short ones.
//
// Where the output begins at the input's address, channels of a group overwrite no other group's, and rows are read
// before they are overwritten: the convolution runs in place.

#include "tmc/kernels/armv7em/detail/clamp.hpp"
#include "tmc/kernels/armv7em/detail/depthwise_planes.hpp"
#include "tmc/kernels/armv7em/detail/depthwise_rows.hpp"
#include "tmc/kernels/armv7em/detail/long_channel.hpp"
#include "tmc/kernels/armv7em/detail/move.hpp"
#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"

namespace tmc::kernels::armv7em {

// Of channels in the short form (detail/channel.hpp) or in the long one (detail/long_channel.hpp).
template <typename AnyChannel>
struct DepthwiseConv2dS83x3Of : ImplementationOf<kernels::DepthwiseConv2dS8> {
  using Form = typename AnyChannel::Form;
  using Unpacked = DepthwiseChannel<Form>;

  static constexpr bool applies(const Params& p) {
    return p.groups == p.input_c && p.output_c == p.input_c && p.input_c % 4 == 0 && p.kernel_h == 3 &&
           p.kernel_w == 3 && p.dilation_h == 1 && p.dilation_w == 1 && p.stride_h == p.stride_w && p.stride_h <= 2 &&
           p.output_w >= 2 && p.pad_top <= 1 && p.pad_left <= 1;
  }
  static constexpr int32_t kMaxWidening = 7;  // weights have 16 bits in the planes' products
  static constexpr int64_t scratch_bytes(const Params& p) {
    const DepthwiseView view = view_of(p);
    return 4 * static_cast<int64_t>(sizeof(Unpacked)) + (slab_strips(view) + 1) * row_pair_bytes(view);
  }
  static constexpr Overlap overlap(const Params& p, int) {
    return reads_ahead(p) ? Overlap{Overlap::Kind::kSameBegin, 0} : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) {
    const DepthwiseView view = view_of(p);
    const double step = view.stride == 1 ? 55 : 36;
    const double rows = view.stride == 1 ? view.output_h / 2 + 0.6 * (view.output_h % 2) : view.output_h;
    const double strip = 4 * (20 + step * view.output_w / 2);
    const double row_pair = 60 + 25 * plane_columns(view);
    return p.batch * p.input_c / 4 * (600 + rows * strip + (strips(view) + 1) * row_pair);
  }

  static constexpr DepthwiseView view_of(const Params& p) {
    if (runs_transposed(p)) return transposed(p);
    return {p.input_h, p.input_w, p.output_h, p.output_w, p.pad_top, p.pad_left, p.stride_h};
  }
  static constexpr int32_t strips(const DepthwiseView& view) {
    return (view.output_h + strip_rows(view) - 1) / strip_rows(view);
  }

  static constexpr int32_t kPlaneBytes = 4096;  // of scratch, if two row pairs take no more
  // Of four channels.
  static constexpr int64_t row_pair_bytes(const DepthwiseView& view) { return int64_t{32} * plane_columns(view); }
  static constexpr int32_t slab_strips(const DepthwiseView& view) {
    const int32_t fit = kPlaneBytes / 32 / plane_columns(view) - 1;  // a division of 64 bits takes a library
    return fit < 1 ? 1 : fit < strips(view) ? fit : strips(view);
  }

  // By reference: where one copy serves all layers, a copy of the parameters would lie in the stack.
  static void run(const Params& p, Buffers b) {
    const auto* weights = static_cast<const int8_t*>(b.weights);
    const auto* channels = static_cast<const AnyChannel*>(b.channels);
    Work work = work_of(p, b.scratch);
    fill_right_columns(work.pairs, 4 * (work.slab_strips + 1), work.pair_words, work.planes());
    for (int32_t image = 0; image < p.batch; ++image) {
      const int8_t* input = b.input + image * p.input_h * p.input_w * p.input_c;
      int8_t* output = b.output + image * p.output_h * p.output_w * p.output_c;
      for (int32_t c = 0; c < p.input_c; c += 4) {
        work.input.pixels = input + c;
        run_group(&work, output + c, weights + 9 * c, channels + c, c == 0);
      }
    }
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, p.batch * p.output_h * p.output_w * p.output_c, p.activation_min, p.activation_max);
    }
  }

 private:
  static constexpr bool runs_transposed(const Params& p) {
    return p.output_h > p.output_w && is_one_slab(transposed(p));
  }
  static constexpr DepthwiseView transposed(const Params& p) {
    return {p.input_w, p.input_h, p.output_w, p.output_h, p.pad_left, p.pad_top, p.stride_h};
  }

  // Before a strip is written, two row pairs beyond the strips before it have been widened.
  static constexpr bool reads_ahead(const Params& p) {
    const DepthwiseView view = view_of(p);
    if (p.batch > 1 && p.output_h * p.output_w != p.input_h * p.input_w) return false;
    if (is_one_slab(view)) return true;
    for (int32_t strip = 1; strip < strips(view); ++strip) {
      const int32_t unread_row = 2 * (strip + 1) - view.pad_top;
      if (strip * strip_rows(view) * view.output_w > unread_row * view.input_w) return false;
    }
    return true;
  }
  static constexpr int32_t strip_rows(const DepthwiseView& view) { return view.stride == 1 ? 2 : 1; }
  static constexpr bool is_one_slab(const DepthwiseView& view) { return slab_strips(view) == strips(view); }

  // What every group of four channels needs.
  struct Work {
    DepthwiseInput input;
    PixelPairs pairs;
    DepthwiseStrips<Form> slab;
    Unpacked* channels;                                // before the planes
    void (*run_strips)(const DepthwiseStrips<Form>*);  // of the stride: an image holds the loops that its layers need
    int32_t pair_words;
    int32_t strips, slab_strips;
    int32_t changing_row_pairs;  // of a slab. Those after them keep the first group's zero points.
    int8_t strip_rows;
    int8_t single_row;  // 1 where the last strip has no lower row, otherwise 0
    int8_t first_row;   // of the input, outside where there is padding
    bool transpose;

    int32_t* planes() const { return reinterpret_cast<int32_t*>(channels + 4); }
  };

  static Work work_of(const Params& p, void* scratch) {
    const DepthwiseView view = view_of(p);
    Work work;
    work.channels = static_cast<Unpacked*>(scratch);
    if (view.stride == 1) {
      work.run_strips = run_depthwise_stride1;
    } else {
      work.run_strips = run_depthwise_stride2;
    }
    work.pair_words = 2 * plane_columns(view);
    work.strips = strips(view);
    work.slab_strips = slab_strips(view);
    work.strip_rows = static_cast<int8_t>(strip_rows(view));
    work.single_row = static_cast<int8_t>(view.output_h % strip_rows(view));
    work.first_row = static_cast<int8_t>(-view.pad_top);
    const int32_t row_pairs = slab_strips(view) + 1;
    const int32_t row_pairs_inside = (view.input_h + view.pad_top + 1) / 2;
    work.changing_row_pairs = is_one_slab(view) && row_pairs_inside < row_pairs ? row_pairs_inside : row_pairs;

    const int32_t plane_bytes = 4 * row_pairs * work.pair_words;
    const int32_t input_row = p.input_w * p.input_c;
    const int32_t output_row = p.output_w * p.output_c;
    const bool transpose = runs_transposed(p);
    work.transpose = transpose;
    work.input = {nullptr, transpose ? input_row : p.input_c, transpose ? p.input_c : input_row, view.input_h};
    work.pairs = pairs_of_rows(view, p.input_zero_point, plane_bytes);
    work.slab = {work.channels,
                 work.planes(),
                 plane_bytes,
                 nullptr,
                 transpose ? p.output_c : output_row,
                 transpose ? output_row : p.output_c,
                 p.output_zero_point,
                 view.output_w,
                 0,
                 0};
    return work;
  }

  static int32_t shift_lanes(int32_t word, int32_t bits) {
    const auto lanes = static_cast<uint32_t>(word);
    return static_cast<int32_t>((lanes & 0xFFFF0000) << bits | (lanes << bits & 0xFFFF));
  }

  // A row of the window as the view has it, out of columns 0 and 2, and 1.
  static void put_row(int32_t even, int32_t odd, int32_t* words) {
    words[0] = pack_bottoms(even, odd);
    words[1] = pack_bottom_and_top(odd, even);
  }

  // All are read, by words of which the fourth byte is not used, before any is written.
  static void unpack_weights(bool transpose, const int8_t* weights, int32_t* words) {
    const int32_t first = load_word(weights);
    const int32_t second = load_word(weights + 3);
    const int32_t third = load_word(weights + 6);
    if (transpose) {
      words[0] = pack_bottoms(sxtb16(first), sxtb16(second));
      words[1] = pack_bottoms(sxtb16(second), sxtb16(third));
      words[2] = pack_bottoms(sxtb16_ror8(first), sxtb16_ror8(second));
      words[3] = pack_bottoms(sxtb16_ror8(second), sxtb16_ror8(third));
      words[4] = pack_tops(sxtb16(first), sxtb16(second));
      words[5] = pack_tops(sxtb16(second), sxtb16(third));
      return;
    }
    put_row(sxtb16(first), sxtb16_ror8(first), words);
    put_row(sxtb16(second), sxtb16_ror8(second), words + 2);
    put_row(sxtb16(third), sxtb16_ror8(third), words + 4);
  }

  static void unpack_channel(bool transpose, const int8_t* weights, const AnyChannel& channel, Unpacked* unpacked) {
    const int32_t bias = channel.bias();
    const int32_t widening = channel.widening();
    const Form requantization = channel.requantization();
    unpack_weights(transpose, weights, unpacked->weights);
    if (widening != 0) {
      for (int32_t& word : unpacked->weights) word = shift_lanes(word, widening);
    }
    for (int32_t& each : unpacked->bias) each = bias;
    unpacked->requantization = requantization;
  }

  // Of a group. Not inlined, so that its registers are not kept below the strips.
  [[gnu::noinline]] static void unpack_channels(bool transpose, const int8_t* weights, const AnyChannel* channels,
                                                Unpacked* unpacked) {
    for (int32_t i = 0; i < 4; ++i) unpack_channel(transpose, weights + 9 * i, channels[i], unpacked + i);
  }

  // Not inlined, because one copy serves all layers.
  [[gnu::noinline]] static void run_group(Work* work, int8_t* output, const int8_t* weights, const AnyChannel* channels,
                                          bool first_group) {
    unpack_channels(work->transpose, weights, channels, work->channels);
    DepthwiseStrips<Form>& slab = work->slab;
    slab.output = output;
    for (int32_t first = 0; first < work->strips; first += work->slab_strips) {
      const int32_t left = work->strips - first;
      const bool is_last = left <= work->slab_strips;
      const int32_t count = is_last ? left : work->slab_strips;
      const int32_t kept = first > 0 ? 1 : 0;
      if (kept) keep_last_row_pair(slab.plane_bytes / 4, work->pair_words, work->planes());
      const int32_t row_pairs = first_group || work->changing_row_pairs > count ? count + 1 : work->changing_row_pairs;
      work->pairs.planes = work->planes() + kept * work->pair_words;
      widen_row_pairs(work->input, work->first_row + 2 * (first + kept), row_pairs - kept, work->pair_words,
                      &work->pairs);
      slab.single_row = is_last ? work->single_row : 0;
      slab.count = count - slab.single_row;
      work->run_strips(&slab);
      slab.output += count * work->strip_rows * slab.second_row;
    }
  }

  // A full slab's last row pair, of four words or more and an even number, is the next one's first. Not inlined, so
  // that its registers are not kept below the strips.
  [[gnu::noinline]] static void keep_last_row_pair(int32_t plane_words, int32_t pair_words, int32_t* planes) {
    for (int32_t c = 0; c < 4; ++c, planes += plane_words) {
      auto* to = reinterpret_cast<int8_t*>(planes);
      const auto* from = reinterpret_cast<const int8_t*>(planes + plane_words - pair_words);
      move_blocks_up(to, from, pair_words / 4);
      if (pair_words % 4 == 0) continue;
      store_word(load_word(from), to);
      store_word(load_word(from + 4), to + 4);
    }
  }
};

struct DepthwiseConv2dS83x3 : DepthwiseConv2dS83x3Of<Channel> {};

// depthwise_conv2d_s8_3x3 for layers all of whose channels round once.
struct DepthwiseConv2dS83x3Once : DepthwiseConv2dS83x3Of<OnceChannel> {
  static constexpr double instructions(const Params& p) {
    return DepthwiseConv2dS83x3Of::instructions(p) - 1.0 * p.batch * p.output_h * p.output_w * p.output_c;
  }
};

// depthwise_conv2d_s8_3x3 for requantisations that it refuses: in the long form of detail/long_channel.hpp.
struct DepthwiseConv2dS83x3Long : DepthwiseConv2dS83x3Of<LongFormChannel> {
  static constexpr double instructions(const Params& p) {
    return DepthwiseConv2dS83x3Of::instructions(p) + 3.0 * p.batch * p.output_h * p.output_w * p.output_c;
  }
};

}  // namespace tmc::kernels::armv7em
