// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loops of the pooling implementations, and how far their output may run into their input.

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// The part of a window that lies inside the image, in pixels.
struct PoolWindow {
  int32_t y_begin, y_end, x_begin, x_end;
  constexpr int32_t pixels() const { return (y_end - y_begin) * (x_end - x_begin); }
};

// For every output pixel in the order of addresses: make_pixel(the image's first pixel, window, the output pixel).
template <typename Params, typename T, typename MakePixel>
inline void for_each_pool_pixel(const Params& p, const T* input, T* output, MakePixel make_pixel) {
  for (int32_t n = 0; n < p.batch; ++n) {
    for (int32_t y = 0; y < p.output_h; ++y) {
      const int32_t top = y * p.stride_h - p.pad_top;
      for (int32_t x = 0; x < p.output_w; ++x) {
        const int32_t left = x * p.stride_w - p.pad_left;
        const PoolWindow window{clamp(top, 0, p.input_h), clamp(top + p.kernel_h, 0, p.input_h),
                                clamp(left, 0, p.input_w), clamp(left + p.kernel_w, 0, p.input_w)};
        make_pixel(input, window, output);
        output += p.channels;
      }
    }
    input += p.input_h * p.input_w * p.channels;
  }
}

// For every output element in the order of addresses: output = reduce(first, window), where `first` is the element of
// this batch and channel in the image's first pixel. An element is written after its own window has been read.
template <typename Params, typename T, typename Reduce>
inline void for_each_pool_window(const Params& p, const T* input, T* output, Reduce reduce) {
  for_each_pool_pixel(p, input, output, [&](const T* image, const PoolWindow& window, T* pixel) {
    for (int32_t c = 0; c < p.channels; ++c) pixel[c] = reduce(image + c, window);
  });
}

// Folds one channel of a window from `value`.
template <typename Params, typename T, typename Value, typename Combine>
inline Value fold_window(const Params& p, const T* first, const PoolWindow& window, Value value, Combine combine) {
  for (int32_t y = window.y_begin; y < window.y_end; ++y) {
    for (int32_t x = window.x_begin; x < window.x_end; ++x) {
      value = combine(value, first[(y * p.input_w + x) * p.channels]);
    }
  }
  return value;
}

// The least, over all output pixels, of how far the first input pixel that this or a later window reads lies behind the
// output pixel: rows and columns contribute apart, a batch by the difference of the images.
template <typename Params>
constexpr Overlap pool_overlap(const Params& p, int32_t element_bytes = 1) {
  const auto least_lead = [](int32_t outputs, int32_t stride, int32_t pad, int64_t input_step, int64_t output_step) {
    int64_t least = 0;
    for (int32_t i = 0; i < outputs; ++i) {
      const int32_t begin = i * stride > pad ? i * stride - pad : 0;
      const int64_t lead = begin * input_step - i * output_step;
      least = lead < least ? lead : least;
    }
    return least;
  };
  const int64_t rows = least_lead(p.output_h, p.stride_h, p.pad_top, p.input_w, p.output_w);
  const int64_t columns = least_lead(p.output_w, p.stride_w, p.pad_left, 1, 1);
  const int64_t image = int64_t{p.input_h} * p.input_w - int64_t{p.output_h} * p.output_w;
  const int64_t batches = image < 0 ? (p.batch - 1) * image : 0;
  return {Overlap::Kind::kForward, static_cast<int32_t>((rows + columns + batches) * p.channels * element_bytes)};
}

}  // namespace tmc::kernels
