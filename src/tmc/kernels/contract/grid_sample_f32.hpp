// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// An image, or a volume, read at places that a grid says (ONNX GridSample). input [items, channels, depth, height,
// width], where a volume of depth 1 with axes = 2 is an image; grid [items, out_depth, out_height, out_width, axes], of
// every place x, y and, with axes = 3, z, from -1 to 1 from one end to the other: with `corners` from the middle of the
// first pixel to that of the last, else from edge to edge. Output [items, channels, out_depth, out_height, out_width].
//
// Read is the nearest pixel (of two the even one), the 2^axes around by linear weights, or the 4x4 around by cubic ones
// (Keys 1981, a = -0.75; axes = 2). A pixel outside is 0, the nearest at the border, or what is there where the image
// is reflected, at the border's middle with `corners`, else at its edge. Coordinates are in float, and beyond 2^22
// pixels taken as that; one that is no number gives no number, and nearest the pixel before the first. No model
// constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct GridSampleF32 {
  static constexpr const char* kName = "grid_sample_f32";

  enum Mode : int32_t { kNearest, kLinear, kCubic };
  enum Outside : int32_t { kZeros, kBorder, kReflection };

  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t input_elements, grid_elements, output_elements; int32_t items, channels;
             int32_t image[3], places[3]; int32_t axes, mode, outside, corners;)

  struct Buffers {
    const float* input;
    const float* grid;
    float* output;
  };
  static constexpr BufferInfo kBuffers[] = {{"input", Role::kInput}, {"grid", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
