// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Depthwise convolution of any window, one output channel for every input channel: eight channels of one output pixel
// at a time, two taps together. Products of bytes and the sum of two of them fit 16-bit lanes, as long as a channel's
// two weights are not both -128, which `pack` sees to; that sum goes on to 32 bits, even and odd lanes apart.
//
// Scratch holds where each tap of the pixel reads, and a row of zero points for taps outside the input. An odd number
// of taps is made even by one with weights of zero.

#include "tmc/kernels/contract/conv2d.hpp"
#include "tmc/kernels/contract/detail/forward_slack.hpp"
#include "tmc/kernels/helium/detail/requantize.hpp"
#include "tmc/kernels/helium/detail/taps.hpp"

namespace tmc::kernels::helium {

struct DepthwiseConv2dS8 : ImplementationOf<kernels::DepthwiseConv2dS8> {
  static constexpr int32_t kLanes = 8;
  static constexpr int32_t kChannelWords = 3 * kLanes;  // of a block: biases, multipliers, shifts, even lanes first

  static constexpr int32_t even_taps(const Params& p) { return (p.kernel_h * p.kernel_w + 1) / 2 * 2; }

  static constexpr bool applies(const Params& p) { return p.groups == p.input_c && p.output_c == p.input_c; }
  // The compiler's pointers may be wider than the device's, which leaves some of it unused there.
  static constexpr int64_t scratch_bytes(const Params& p) {
    return even_taps(p) * static_cast<int64_t>(sizeof(const int8_t*)) + p.input_c;
  }
  // Blocks of a pixel are read and written in turn, so the first pixel has no room that later ones have not.
  static constexpr Overlap overlap(const Params& p, int) {
    const int32_t slack = forward_overlap(p, 1).slack_bytes;
    return {Overlap::Kind::kForward, slack < 0 ? slack : 0};
  }
  static constexpr double instructions(const Params& p) {
    const double blocks = (p.input_c + kLanes - 1) / kLanes;
    return 60 + 1.0 * p.batch * p.output_h * p.output_w * (20 + 6.0 * even_taps(p) + blocks * (50 + 9 * even_taps(p)));
  }

  static void run(Params p, Buffers b) {
    auto* taps = static_cast<const int8_t**>(b.scratch);
    taps[even_taps(p) - 1] = tap_outside(p, taps + even_taps(p));
    for_each_pixel(p, b, taps, taps[even_taps(p) - 1], [&](int8_t* output) { run_pixel(p, b, taps, output); });
  }

 private:
  static void run_pixel(const Params& p, const Buffers& b, const int8_t* const* taps, int8_t* output) {
    const auto* weights = static_cast<const int8_t*>(b.weights);
    const auto* channels = static_cast<const int32_t*>(b.channels);
    const OutputRange range{p.output_zero_point, p.activation_min, p.activation_max};
    for (int32_t c = 0; c < p.input_c; c += kLanes) {
      const int32_t count = p.input_c - c;
      const bool is_whole = p.input_c % kLanes == 0 || count >= kLanes;
      const auto load = [&](const int8_t* tap) {
        return is_whole ? vldrb_s16(tap + c) : vldrb_s16_tail(tap + c, count);
      };
      S32x4 even = vldrw(channels);
      S32x4 odd = vldrw(channels + 4);
      for (int32_t tap = 0; tap < even_taps(p); tap += 2, weights += 2 * kLanes) {
        const S16x8 products =
            vadd(vmul(load(taps[tap]), vldrb_s16(weights)), vmul(load(taps[tap + 1]), vldrb_s16(weights + kLanes)));
        even = vadd(even, vmovlb(products));
        odd = vadd(odd, vmovlt(products));
      }
      even = multiply_by_quantized_multiplier(even, vldrw(channels + 8), vldrw(channels + 16));
      odd = multiply_by_quantized_multiplier(odd, vldrw(channels + 12), vldrw(channels + 20));
      const S16x8 values = vmovn(to_output(even, range), to_output(odd, range));
      if (is_whole) {
        vstrb_s16(output + c, values);
      } else {
        vstrb_s16_tail(output + c, values, count);
      }
      channels += kChannelWords;
    }
  }
};

}  // namespace tmc::kernels::helium
