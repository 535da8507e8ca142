// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Depthwise convolution of any window, one output channel for every input channel: sixteen channels of one output pixel
// at a time, two taps together, of which an odd number begins with a single one. Products of even and of odd channels'
// bytes take 16-bit lanes each, and so does the sum of two of them, as long as a channel's two weights are not both
// -128, which `pack` sees to; that sum goes on to 32 bits, again even and odd lanes apart.
//
// Where channels are no multiple of sixteen, the last block begins before the end of the one before it, and what both
// have is computed twice. So every load is whole.
//
// Scratch holds where each tap of the pixel reads, and a row of zero points for taps outside the input.

#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"
#include "tmc/kernels/helium/detail/requantize.hpp"
#include "tmc/kernels/helium/detail/taps.hpp"

namespace tmc::kernels::helium {

// kRoundsOnce: no channel has a shift, so that there are no shifts to read.
template <bool kRoundsOnce>
struct DepthwiseConv2dS8SixteensOf : ImplementationOf<kernels::DepthwiseConv2dS8> {
  static constexpr int32_t kLanes = 16;
  static constexpr int32_t kChannelWords = (kRoundsOnce ? 2 : 3) * kLanes;  // of a block: biases, multipliers, shifts

  static constexpr int32_t taps_of(const Params& p) { return p.kernel_h * p.kernel_w; }
  static constexpr int32_t blocks_of(const Params& p) { return (p.input_c + kLanes - 1) / kLanes; }

  static constexpr bool applies(const Params& p) {
    return p.groups == p.input_c && p.output_c == p.input_c && p.input_c >= kLanes;
  }
  // The compiler's pointers may be wider than the device's, which leaves some of it unused there.
  static constexpr int64_t scratch_bytes(const Params& p) {
    return taps_of(p) * static_cast<int64_t>(sizeof(const int8_t*)) + p.input_c;
  }
  // Blocks of a pixel are read and written in turn, so the first pixel has no room that later ones have not. Blocks
  // that share channels read what the one before them must not have overwritten.
  static constexpr Overlap overlap(const Params& p, int) {
    const TileReads reads = p.input_c % kLanes == 0 ? TileReads::kBefore : TileReads::kThroughout;
    const int32_t slack = forward_overlap(p, 1, {1, 1}, reads).slack_bytes;
    return {Overlap::Kind::kForward, slack < 0 ? slack : 0};
  }
  static constexpr double instructions(const Params& p) {
    const double block = (kRoundsOnce ? 48 : 66) + 14.0 * taps_of(p);
    return 100 + 1.0 * p.batch * p.output_h * p.output_w * (20 + 9.0 * taps_of(p) + blocks_of(p) * block);
  }

  // By reference: where one copy serves all layers, a copy of the parameters would lie in the stack.
  static void run(const Params& p, Buffers b) {
    auto* taps = static_cast<const int8_t**>(b.scratch);
    const int8_t* outside = tap_outside(p, taps + taps_of(p));
    const Pixel pixel = {taps,
                         static_cast<const int8_t*>(b.weights),
                         static_cast<const int32_t*>(b.channels),
                         taps_of(p),
                         p.input_c - kLanes,
                         static_cast<int16_t>(p.output_zero_point),
                         static_cast<int8_t>(p.activation_min),
                         static_cast<int8_t>(p.activation_max)};
    for_each_pixel(p, b, taps, outside, [&](int8_t* output) { run_pixel(pixel, output); });
  }

 private:
  struct Pixel {
    const int8_t* const* taps;
    const int8_t* weights;
    const int32_t* channels;
    int32_t tap_count;
    int32_t last_block;  // its first channel
    int16_t zero_point;
    int8_t low, high;
  };

  struct Sums {
    S32x4 first, second, third, fourth;  // of channels 0, 4, 8, 12, those two further on, one, and three

    [[gnu::always_inline]] void add(S16x8 even, S16x8 odd) {
      first = vadd(first, vmovlb(even));
      second = vadd(second, vmovlt(even));
      third = vadd(third, vmovlb(odd));
      fourth = vadd(fourth, vmovlt(odd));
    }
  };

  // Not inlined, because one copy serves all layers.
  [[gnu::noinline]] static void run_pixel(const Pixel& pixel, int8_t* output) {
    const int8_t* weights = pixel.weights;
    const int32_t* channels = pixel.channels;
    int32_t first = 0;
    do {
      first = first < pixel.last_block ? first : pixel.last_block;
      Sums sums = {vldrw(channels), vldrw(channels + 4), vldrw(channels + 8), vldrw(channels + 12)};
      weights = add_taps(pixel, first, weights, sums);
      vstrb_s8(output + first, outputs(pixel, sums, channels + kLanes));
      channels += kChannelWords;
      first += kLanes;
    } while (first < pixel.last_block + kLanes);
  }

  // With four sums and two of two products, a product more has no register beside both its factors, so one of them is
  // loaded twice.
  [[gnu::always_inline]] static const int8_t* add_taps(const Pixel& pixel, int32_t first, const int8_t* weights,
                                                       Sums& sums) {
    const int8_t* const* taps = pixel.taps;
    const int8_t* const* const end = taps + pixel.tap_count;
    if (pixel.tap_count % 2 != 0) {
      const S8x16 values = vldrb_s8(*taps++ + first);
      const S8x16 weight = vldrb_s8(weights);
      sums.add(vmullb(values, weight), vmullt(values, weight));
      weights += kLanes;
    }
    for (; taps != end; taps += 2) {
      const S8x16 values = vldrb_s8(taps[0] + first);
      const S8x16 weight = vldrb_s8(weights);
      weights += kLanes;
      S16x8 even = vmullb(values, weight);
      S16x8 odd = vmullt(values, weight);
      const int8_t* next = taps[1] + first;
      const S8x16 next_weight = vldrb_s8(weights);
      weights += kLanes;
      even = vadd(even, vmullb(vldrb_s8_after(next, odd), next_weight));
      odd = vadd(odd, vmullt(vldrb_s8_after(next, even), next_weight));
      sums.add(even, odd);
    }
    return weights;
  }

  [[gnu::always_inline]] static S32x4 scaled(S32x4 sum, const int32_t* multipliers) {
    const S32x4 product = vqrdmulh(sum, vldrw(multipliers));
    return kRoundsOnce ? product : rounding_divide_by_pot(product, vldrw(multipliers + kLanes));
  }

  static S8x16 outputs(const Pixel& pixel, const Sums& sums, const int32_t* multipliers) {
    const S16x8 even = vqmovn(scaled(sums.first, multipliers), scaled(sums.second, multipliers + 4));
    const S16x8 odd = vqmovn(scaled(sums.third, multipliers + 8), scaled(sums.fourth, multipliers + 12));
    const S8x16 values = vqmovn(vqadd(even, pixel.zero_point), vqadd(odd, pixel.zero_point));
    return vmin(vmax(values, vdup_s8(pixel.low)), vdup_s8(pixel.high));
  }
};

struct DepthwiseConv2dS8Sixteens : DepthwiseConv2dS8SixteensOf<false> {};

// depthwise_conv2d_s8_sixteens for layers none of whose channels has a shift.
struct DepthwiseConv2dS8SixteensOnce : DepthwiseConv2dS8SixteensOf<true> {};

}  // namespace tmc::kernels::helium
