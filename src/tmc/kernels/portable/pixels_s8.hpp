// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: one pixel at a time, of luma and chroma two, straight from the contract.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/contract/pixels_s8.hpp"

namespace tmc::kernels::portable {

struct PixelsS8 : ImplementationOf<kernels::PixelsS8> {
  static constexpr bool applies(const Params& p) {
    if (p.pixel_format == Contract::kBytes) return p.pixel_bytes == p.pixel_channels;
    const bool in_pairs = p.pixel_format == Contract::kYuyv || p.pixel_format == Contract::kUyvy;
    return p.pixel_bytes == 2 && (p.pixel_channels == 1 || p.pixel_channels == 3) &&
           (!in_pairs || p.elements % 2 == 0) && p.pixel_format >= 0 && p.pixel_format <= Contract::kUyvy;
  }
  // Pixels that grow may not overtake those that are read.
  static constexpr Overlap overlap(const Params& p, int) {
    const int32_t growth = p.pixel_channels > p.pixel_bytes ? p.pixel_channels - p.pixel_bytes : 0;
    return {Overlap::Kind::kForward, -p.elements * growth};
  }
  static constexpr double instructions(const Params& p) {
    const double decoding = p.pixel_format == Contract::kBytes           ? 2
                            : p.pixel_format <= Contract::kRgb565Swapped ? 14
                                                                         : 20;
    return p.elements * (decoding + 3 * p.pixel_channels);
  }

  static void run(Params p, Buffers b) {
    switch (p.pixel_format) {
      case Contract::kBytes:
        return run_bytes(p, b);
      case Contract::kRgb565:
      case Contract::kRgb565Swapped:
        return run_rgb565(p, b);
      default:
        return run_yuv422(p, b);
    }
  }

 private:
  static constexpr int32_t kValues = 256;

  // Pointers are locals, because the output may lie over anything else.
  static void run_bytes(const Params& p, const Buffers& b) {
    const int32_t channels = p.pixel_channels;
    const int8_t* table = b.table;
    const uint8_t* input = b.input;
    const uint8_t* end = input + p.elements * channels;
    int8_t* output = b.output;
    if (channels == 3) {
      for (; input != end; input += 3, output += 3) {
        output[0] = table[input[0]];
        output[1] = table[kValues + input[1]];
        output[2] = table[2 * kValues + input[2]];
      }
      return;
    }
    while (input != end) {
      for (int32_t c = 0; c < channels; ++c) *output++ = table[c * kValues + *input++];
    }
  }

  static int8_t* store(const Params& p, const int8_t* table, int32_t red, int32_t green, int32_t blue, int8_t* output) {
    const int32_t first = p.blue_first ? blue : red;
    const int32_t last = p.blue_first ? red : blue;
    output[0] = table[first];
    output[1] = table[kValues + green];
    output[2] = table[2 * kValues + last];
    return output + 3;
  }

  static void run_rgb565(const Params& p, const Buffers& b) {
    const int32_t high = p.pixel_format == Contract::kRgb565 ? 1 : 0;
    const int8_t* table = b.table;
    const uint8_t* input = b.input;
    const uint8_t* end = input + 2 * p.elements;
    int8_t* output = b.output;
    for (; input != end; input += 2) {
      const int32_t word = input[high] << 8 | input[1 - high];
      const int32_t red = word >> 8 & 0xf8;
      const int32_t green = word >> 3 & 0xfc;
      const int32_t blue = word << 3 & 0xf8;
      const int32_t red8 = red | red >> 5;
      const int32_t green8 = green | green >> 6;
      const int32_t blue8 = blue | blue >> 5;
      if (p.pixel_channels == 1) {
        *output++ = table[(77 * red8 + 150 * green8 + 29 * blue8 + 128) >> 8];
      } else {
        output = store(p, table, red8, green8, blue8, output);
      }
    }
  }

  static void run_yuv422(const Params& p, const Buffers& b) {
    const int32_t luma = p.pixel_format == Contract::kYuyv ? 0 : 1;
    const int8_t* table = b.table;
    const uint8_t* pair = b.input;
    const uint8_t* end = pair + 2 * p.elements;
    int8_t* output = b.output;
    for (; pair != end; pair += 4) {
      const int32_t y[2] = {pair[luma], pair[luma + 2]};
      if (p.pixel_channels == 1) {
        *output++ = table[y[0]];
        *output++ = table[y[1]];
        continue;
      }
      const int32_t u = pair[1 - luma] - 128;
      const int32_t v = pair[3 - luma] - 128;
      const int32_t red = (91881 * v + 32768) >> 16;
      const int32_t green = (-22553 * u - 46802 * v + 32768) >> 16;
      const int32_t blue = (116130 * u + 32768) >> 16;
      for (const int32_t each : y) {
        output =
            store(p, table, clamp(each + red, 0, 255), clamp(each + green, 0, 255), clamp(each + blue, 0, 255), output);
      }
    }
  }
};

}  // namespace tmc::kernels::portable
