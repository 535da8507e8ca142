// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Windows of float images as the rows of detail/float_layers.hpp: where the values of every window lie, a run of them
// at a time. What lies outside the image is read from a run of zeros in scratch, so that images are not copied. Those
// that lie plane by plane, and those with few channels, of which runs would be short, are: into a frame in scratch that
// all windows lie in, whose lines are runs.

#include "tmc/kernels/contract/conv2d_f32.hpp"
#include "tmc/kernels/highway/detail/float_layers.hpp"

namespace tmc::kernels::highway {

class FloatWindows {
 public:
  using Params = Conv2dF32::Params;
  enum class Image : uint8_t { kPixels, kPlanes };
  enum class Runs : uint8_t { kTaps, kTapsOrLines };

  FloatWindows(const Params& p, Image image, Runs runs);

  int32_t runs() const { return p_.kernel_h * (has_whole_lines_ ? 1 : p_.kernel_w); }
  // Pixels of a run.
  int32_t run_pixels() const { return has_whole_lines_ ? p_.kernel_w : 1; }

  int64_t scratch_bytes() const;

  // Calls `run(first output pixel, how many, begins [runs, how many])` for up to kFloatRows pixels at a time, those of
  // all images.
  template <typename Run>
  void for_each_rows(const float* input, void* scratch, Run run) const {
    const Parts parts = parts_of(scratch);
    clear(parts);
    const int32_t pixels = p_.output_h * p_.output_w;
    for (int32_t item = 0; item < p_.batch; ++item) {
      const float* image = input + int64_t{item} * p_.input_h * p_.input_w * p_.input_c;
      if (is_framed_) image = copy_into_frame(image, parts);
      for (int32_t first = 0; first < pixels; first += kFloatRows) {
        const int32_t count = pixels - first < kFloatRows ? pixels - first : kFloatRows;
        point(image, parts, first, count);
        run(int64_t{item} * pixels + first, count, parts.begins);
      }
    }
  }

 private:
  struct Parts {
    const float** begins;
    float *zeros, *frame;
  };
  // The image that windows are read from.
  struct View {
    int32_t height, width, pad_top, pad_left;
  };

  Parts parts_of(void* scratch) const;
  void clear(const Parts& parts) const;
  const float* copy_into_frame(const float* image, const Parts& parts) const;
  void point(const float* image, const Parts& parts, int32_t first, int32_t count) const;

  const Params& p_;
  Image image_;
  bool is_framed_, has_whole_lines_;
  View view_;
};

}  // namespace tmc::kernels::highway
