// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a camera delivers to int8 channels, side by side: of every pixel, channel c is table[c][value], where the value
// from 0 to 255 is
//   kBytes                     the pixel's byte c; pixel_bytes is the number of channels
//   kRgb565, kRgb565Swapped    red (5 bits, highest), green (6), blue (5) of a 16-bit word, its low (high) byte first,
//                              widened to 8 bits by repeating the highest bits
//   kYuyv, kUyvy               of two pixels in four bytes y u y v (u y v y): red = y + 1.402 (v - 128),
//                              green = y - 0.344136 (u - 128) - 0.714136 (v - 128), blue = y + 1.772 (u - 128), in
//                              2^-16ths, rounded half up and clamped (JFIF's BT.601, full range)
// Three channels are red, green, blue, or the reverse with blue_first; one is grey: y where the camera gives it, else
// (77 red + 150 green + 29 blue + 128) / 256. `elements` counts pixels; it is even for kYuyv and kUyvy.
//
// The model's constant: table i8 [channels, 256].

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct PixelsS8 {
  static constexpr const char* kName = "pixels_s8";

  enum Format : int32_t { kBytes, kRgb565, kRgb565Swapped, kYuyv, kUyvy };

  static constexpr Access kAccess = Access::kPixels;
  TMC_PARAMS(int32_t elements; int32_t pixel_format, pixel_bytes; int32_t pixel_channels; int32_t blue_first;)

  struct Buffers {
    const uint8_t* input;
    const int8_t* table;
    int8_t* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"table", Role::kConstant}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
