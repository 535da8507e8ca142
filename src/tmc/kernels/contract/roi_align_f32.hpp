// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Regions of images, resized (ONNX RoiAlign; He et al., Mask R-CNN, 2017). input [items, channels, height, width];
// regions [regions, 4] as x1, y1, x2, y2, which times scale are pixels; item [regions], the batch item of each, of
// which those outside are clamped. Output [regions, channels, out_height, out_width].
//
// A region is cut into out_height * out_width bins, and each bin is read at `samples` times `samples` places, or with 0
// at as many along an axis as it has pixels there, rounded up, at most kMostSamples; of a place linear weights of the
// four pixels around, 0 where it is more than a pixel outside. The output is their mean, or with `max` the greatest of
// all weighted pixels. Coordinates are those of pixels' middles less `offset`; with `whole` a region is at least a
// pixel wide and high. No model constants.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

struct RoiAlignF32 {
  static constexpr const char* kName = "roi_align_f32";
  static constexpr int32_t kMostSamples = 256;

  static constexpr Access kAccess = Access::kWhole;
  TMC_PARAMS(int32_t input_elements, regions_elements, item_elements, output_elements;
             int32_t items, channels, height, width, out_height, out_width; int32_t samples, max, whole;
             float scale, offset;)

  struct Buffers {
    const float* input;
    const float* regions;
    const int64_t* item;
    float* output;
  };
  static constexpr BufferInfo kBuffers[] = {
      {"input", Role::kInput}, {"regions", Role::kInput}, {"item", Role::kInput}, {"output", Role::kOutput}};
};

}  // namespace tmc::kernels
