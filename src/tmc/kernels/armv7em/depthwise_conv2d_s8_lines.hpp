// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Depthwise convolution of any window, one output channel for every input channel, four channels at a time over the
// whole image, in slabs: as many input rows as fit the planes are widened into pixel pairs, then the rows of output
// that they make are run (detail/depthwise_lines.hpp). It runs over the transposed image where that costs less: windows
// do best along their longer side.
//
// Where one slab holds the image and the output begins at the input's address, a group's channels overwrite no other
// group's, and all are read before any is written: the convolution runs in place.

#include "tmc/kernels/armv7em/detail/clamp.hpp"
#include "tmc/kernels/armv7em/detail/depthwise_lines.hpp"
#include "tmc/kernels/armv7em/detail/long_channel.hpp"
#include "tmc/kernels/armv7em/detail/window.hpp"
#include "tmc/kernels/contract/conv2d.hpp"

namespace tmc::kernels::armv7em {

// Of channels in the short form (detail/channel.hpp) or in the long one (detail/long_channel.hpp).
template <typename AnyChannel>
struct DepthwiseConv2dS8LinesOf : ImplementationOf<kernels::DepthwiseConv2dS8> {
  static constexpr bool applies(const Params& p) {
    return p.groups == p.input_c && p.output_c == p.input_c &&
           window_pairs(rows_and_columns(p, false)) <= kMostLinePairs;
  }
  static constexpr int64_t scratch_bytes(const Params& p) {
    const View view = view_of(p);
    return 4 * weights_bytes(view) + 16 * int64_t{slab_rows(view)} * plane_pairs(view) + 4;
  }
  static constexpr Overlap overlap(const Params& p, int) {
    const View view = view_of(p);
    const bool same_images = p.batch == 1 || p.output_h * p.output_w == p.input_h * p.input_w;
    return same_images && slab_outputs(view) == view.y.output ? Overlap{Overlap::Kind::kSameBegin, 0} : kNoOverlap;
  }
  static constexpr double instructions(const Params& p) {
    const View view = view_of(p);
    const double groups = p.batch * groups_of_four(p.input_c);
    const double rows = view.y.output < 2 ? view.y.window() : (view.y.output - 1.0) * view.y.stride + view.y.window();
    return 150 + groups * (200 + 50.0 * p.kernel_h * p.kernel_w + rows * (80 + 19.0 * plane_pairs(view)) +
                           4 * (55.0 * view.y.output + line_instructions(view)));
  }

  // An axis of the image and the window.
  struct Axis {
    int32_t input, output, kernel, stride, dilation, pad;

    constexpr int32_t window() const { return (kernel - 1) * dilation + 1; }
  };
  struct View {
    Axis y, x;
    bool transposed;
  };

  static constexpr View view_of(const Params& p) {
    const View straight = rows_and_columns(p, false);
    const View turned = rows_and_columns(p, true);
    const bool fits = window_pairs(turned) <= kMostLinePairs;
    return fits && line_instructions(turned) < line_instructions(straight) ? turned : straight;
  }
  // Of a row that two outputs read.
  static constexpr int32_t window_pairs(const View& view) { return (view.x.stride + view.x.window() + 1) / 2; }
  static constexpr int32_t tiles(const View& view) { return (view.x.output + 3) / 4; }
  static constexpr int32_t plane_pairs(const View& view) {
    return (2 * tiles(view) - 1) * view.x.stride + window_pairs(view);
  }
  // Rows of output that are made from one slab.
  static constexpr int32_t slab_outputs(const View& view) {
    const int32_t fit = kPlaneBytes / (16 * plane_pairs(view)) - view.y.window();
    const int32_t outputs = fit < 0 ? 1 : fit / view.y.stride + 1;
    return outputs < view.y.output ? outputs : view.y.output;
  }

  static void run(Params p, Buffers b) {
    const View view = view_of(p);
    Work work = work_of(p, view, b.scratch);
    const auto* weights = static_cast<const int8_t*>(b.weights);
    const auto* channels = static_cast<const AnyChannel*>(b.channels);
    const int32_t taps = p.kernel_h * p.kernel_w;
    for (int32_t image = 0; image < p.batch; ++image) {
      work.input = b.input + image * p.input_h * p.input_w * p.input_c;
      work.output = b.output + image * p.output_h * p.output_w * p.output_c;
      for (int32_t c = 0; c < p.input_c; c += 4, work.input += 4, work.output += 4) {
        work.channels = p.input_c - c < 4 ? p.input_c - c : 4;
        run_group(&work, weights + taps * c, channels + c);
      }
    }
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, p.batch * p.output_h * p.output_w * p.output_c, p.activation_min, p.activation_max);
    }
  }

 private:
  static constexpr int32_t kPlaneBytes = 4096;  // of scratch, where the rows of one window take no more

  static constexpr View rows_and_columns(const Params& p, bool transposed) {
    const Axis h{p.input_h, p.output_h, p.kernel_h, p.stride_h, p.dilation_h, p.pad_top};
    const Axis w{p.input_w, p.output_w, p.kernel_w, p.stride_w, p.dilation_w, p.pad_left};
    return transposed ? View{w, h, true} : View{h, w, false};
  }
  static constexpr double line_instructions(const View& view) {
    return 1.0 * view.y.output * tiles(view) * (40 + view.y.kernel * (4.0 + 7 * window_pairs(view)));
  }
  static constexpr int64_t weights_bytes(const View& view) { return int64_t{8} * view.y.kernel * window_pairs(view); }
  static constexpr int32_t slab_rows(const View& view) {
    return (slab_outputs(view) - 1) * view.y.stride + view.y.window();
  }

  // What every group of four channels needs.
  struct Work {
    View view;
    const int8_t* input;  // at the first of the group's channels
    int8_t* output;
    int32_t channels;                // of the group, at most four
    int32_t input_row, input_pixel;  // bytes from row to row and from pixel to pixel, as the view has them
    int32_t output_row, output_pixel;
    int32_t weight_row, weight_column;  // from a weight to the one below and to the right of it
    int32_t* weights;                   // [4 channels][rows][pairs][2]
    int32_t* planes;                    // [4 channels][slab_rows][row_pairs]
    int8_t* partial;                    // four outputs, of a last tile that is not full
    int32_t slab_outputs, slab_rows;
    int32_t row_pairs, weight_words;  // of a plane's row, of a channel's weights
    int32_t zero_points;
    DepthwiseLine<typename AnyChannel::Form> line;
  };

  static Work work_of(const Params& p, const View& view, void* scratch) {
    Work work;
    const int32_t input_row = p.input_w * p.input_c;
    const int32_t output_row = p.output_w * p.output_c;
    work.view = view;
    work.input_row = view.transposed ? p.input_c : input_row;
    work.input_pixel = view.transposed ? input_row : p.input_c;
    work.output_row = view.transposed ? p.output_c : output_row;
    work.output_pixel = view.transposed ? output_row : p.output_c;
    work.weight_row = view.transposed ? 1 : p.kernel_w;
    work.weight_column = view.transposed ? p.kernel_w : 1;
    work.slab_outputs = slab_outputs(view);
    work.slab_rows = slab_rows(view);
    work.row_pairs = plane_pairs(view);
    work.weight_words = 2 * view.y.kernel * window_pairs(view);
    work.weights = static_cast<int32_t*>(scratch);
    work.planes = work.weights + 4 * work.weight_words;
    work.partial = reinterpret_cast<int8_t*>(work.planes + 4 * work.slab_rows * work.row_pairs);
    work.zero_points = static_cast<int32_t>(static_cast<uint8_t>(p.input_zero_point) * 0x01010101U);
    DepthwiseLine<typename AnyChannel::Form>& line = work.line;
    line.step_bytes = 4 * view.x.stride;
    line.row_gap = 4 * (view.y.dilation * work.row_pairs - window_pairs(view));
    line.rows = view.y.kernel;
    line.pairs = window_pairs(view);
    line.zero_point = p.output_zero_point;
    return work;
  }

  // Not inlined, because one copy serves all layers.
  [[gnu::noinline]] static void run_group(Work* work, const int8_t* weights, const AnyChannel* channels) {
    const Axis& y = work->view.y;
    for (int32_t c = 0; c < work->channels; ++c) {
      unpack_weights(*work, weights + c * y.kernel * work->view.x.kernel, work->weights + c * work->weight_words);
    }
    int32_t kept = 0;  // rows at the planes' beginning that the slab before has widened
    for (int32_t first = 0; first < y.output; first += work->slab_outputs) {
      const int32_t left = y.output - first;
      const int32_t outputs = left < work->slab_outputs ? left : work->slab_outputs;
      const int32_t rows = (outputs - 1) * y.stride + y.window();
      for (int32_t row = kept; row < rows; ++row) widen_row(*work, first * y.stride - y.pad + row, row);
      for (int32_t c = 0; c < work->channels; ++c) {
        const int32_t* plane = work->planes + c * work->slab_rows * work->row_pairs;
        int8_t* output = work->output + c + first * work->output_row;
        for (int32_t i = 0; i < outputs; ++i, output += work->output_row) {
          run_line(*work, plane + i * y.stride * work->row_pairs, work->weights + c * work->weight_words, channels[c],
                   output);
        }
      }
      kept = y.window() - y.stride;
      if (kept > 0 && left > outputs) keep_rows(*work, outputs * y.stride, kept);
      kept = kept > 0 ? kept : 0;
    }
  }

  static void run_line(Work& work, const int32_t* plane, const int32_t* weights, const AnyChannel& channel,
                       int8_t* output) {
    DepthwiseLine<typename AnyChannel::Form>& line = work.line;
    line.plane = plane;
    line.weights = weights;
    line.bias = channel.bias();
    line.requantization = channel.requantization();
    line.output = output;
    line.output_step = work.output_pixel;
    line.tiles = work.view.x.output / 4;
    if (line.tiles > 0) run_depthwise_line(&line);
    const int32_t done = 4 * line.tiles;
    if (done == work.view.x.output) return;
    line.plane = plane + done / 2 * work.view.x.stride;
    line.output = work.partial;
    line.output_step = 1;
    line.tiles = 1;
    run_depthwise_line(&line);
    for (int32_t i = done; i < work.view.x.output; ++i) output[i * work.output_pixel] = work.partial[i - done];
  }

  // Each weight to its place for both outputs.
  static void unpack_weights(const Work& work, const int8_t* weights, int32_t* words) {
    for (int32_t i = 0; i < work.weight_words; ++i) words[i] = 0;
    auto* to = reinterpret_cast<char*>(words);
    const Axis& x = work.view.x;
    for (int32_t ky = 0; ky < work.view.y.kernel; ++ky, weights += work.weight_row, to += 8 * work.line.pairs) {
      const int8_t* weight = weights;
      for (int32_t column = 0; column < x.window(); column += x.dilation, weight += work.weight_column) {
        const int32_t second = column + x.stride;
        put_lane(*weight, to + column / 2 * 8 + column % 2 * 2);
        put_lane(*weight, to + second / 2 * 8 + 4 + second % 2 * 2);
      }
    }
  }

  static void keep_rows(const Work& work, int32_t from, int32_t rows) {
    for (int32_t c = 0; c < work.channels; ++c) {
      auto* plane = reinterpret_cast<int8_t*>(work.planes + c * work.slab_rows * work.row_pairs);
      move_up(plane, plane + 4 * from * work.row_pairs, 4 * rows * work.row_pairs);
    }
  }

  // Two pixels of four channels.
  static void put_pair(const Work& work, int32_t left, int32_t right, int32_t* to) {
    const int32_t plane_words = work.slab_rows * work.row_pairs;
    const int32_t low = pack_bottoms(left, right);
    const int32_t high = pack_tops(left, right);
    to[0] = sxtb16(low);
    to[plane_words] = sxtb16_ror8(low);
    to += 2 * plane_words;
    to[0] = sxtb16(high);
    to[plane_words] = sxtb16_ror8(high);
  }

  // Row y of the input, which may lie outside, to a row of the planes.
  static void widen_row(const Work& work, int32_t y, int32_t row) {
    const Axis& x = work.view.x;
    int32_t* to = work.planes + row * work.row_pairs;
    const bool outside = y < 0 || y >= work.view.y.input;
    const int8_t* first = work.input + y * work.input_row;
    const auto pixel = [&](int32_t column) {
      if (outside || column < 0 || column >= x.input) return work.zero_points;
      const int8_t* from = first + column * work.input_pixel;
      return work.channels == 4 ? load_word(from) : load_partial(from, work.channels);
    };
    // Pairs with both pixels inside, where four channels may be read.
    const int32_t begin = outside || work.channels < 4 ? work.row_pairs : (x.pad + 1) / 2;
    const int32_t whole = (x.input + x.pad) / 2;
    const int32_t end = whole < work.row_pairs ? whole : work.row_pairs;
    int32_t pair = 0;
    for (; pair < begin && pair < work.row_pairs; ++pair) {
      put_pair(work, pixel(2 * pair - x.pad), pixel(2 * pair + 1 - x.pad), to + pair);
    }
    const int8_t* from = first + (2 * pair - x.pad) * work.input_pixel;
    for (; pair < end; ++pair, from += 2 * work.input_pixel) {
      put_pair(work, load_word(from), load_word(from + work.input_pixel), to + pair);
    }
    for (; pair < work.row_pairs; ++pair) {
      put_pair(work, pixel(2 * pair - x.pad), pixel(2 * pair + 1 - x.pad), to + pair);
    }
  }
};

struct DepthwiseConv2dS8Lines : DepthwiseConv2dS8LinesOf<Channel> {};

// depthwise_conv2d_s8_lines for requantisations that it refuses: in the long form of detail/long_channel.hpp.
struct DepthwiseConv2dS8LinesLong : DepthwiseConv2dS8LinesOf<LongFormChannel> {
  static constexpr double instructions(const Params& p) {
    return DepthwiseConv2dS8LinesOf::instructions(p) + 3.0 * p.batch * p.output_h * p.output_w * p.output_c;
  }
};

}  // namespace tmc::kernels::armv7em
