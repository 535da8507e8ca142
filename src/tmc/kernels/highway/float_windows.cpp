// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/detail/float_windows.hpp"

#include <string.h>

#include <algorithm>

namespace tmc::kernels::highway {
namespace {

// Below that, lines of a frame are worth the copy.
constexpr int32_t kFewChannels = 16;

int64_t round_up_to_alignment(int64_t bytes) {
  return (bytes + 15) / 16 * 16;
}

}  // namespace

FloatWindows::FloatWindows(const Params& p, Image image, Runs runs) : p_(p), image_(image) {
  const int32_t height = (p.output_h - 1) * p.stride_h + (p.kernel_h - 1) * p.dilation_h + 1;
  const int32_t width = (p.output_w - 1) * p.stride_w + (p.kernel_w - 1) * p.dilation_w + 1;
  const bool is_inside = p.pad_top == 0 && p.pad_left == 0 && height <= p.input_h && width <= p.input_w;
  const bool wants_lines = runs == Runs::kTapsOrLines && p.kernel_w > 1 && p.dilation_w == 1;
  is_framed_ = image == Image::kPlanes || (!is_inside && wants_lines && p.input_c < kFewChannels);
  has_whole_lines_ = wants_lines && (is_inside || is_framed_);
  view_ = is_framed_ ? View{height, width, 0, 0} : View{p.input_h, p.input_w, p.pad_top, p.pad_left};
}

int64_t FloatWindows::scratch_bytes() const {
  const int64_t frame = is_framed_ ? int64_t{view_.height} * view_.width * p_.input_c : 0;
  const auto floats = [](int64_t count) { return round_up_to_alignment(count * static_cast<int64_t>(sizeof(float))); };
  return int64_t{runs()} * kFloatRows * static_cast<int64_t>(sizeof(float*)) + floats(p_.input_c) + floats(frame);
}

FloatWindows::Parts FloatWindows::parts_of(void* scratch) const {
  auto** const begins = static_cast<const float**>(scratch);
  auto* const zeros = static_cast<float*>(static_cast<void*>(begins + int64_t{runs()} * kFloatRows));
  return {begins, zeros, zeros + round_up_to_alignment(p_.input_c * int64_t{sizeof(float)}) / int64_t{sizeof(float)}};
}

void FloatWindows::clear(const Parts& parts) const {
  memset(parts.zeros, 0, static_cast<size_t>(p_.input_c) * sizeof(float));
}

const float* FloatWindows::copy_into_frame(const float* image, const Parts& parts) const {
  const int32_t channels = p_.input_c, line = p_.input_w * channels, plane = p_.input_h * p_.input_w;
  const int32_t left = std::min(p_.pad_left, view_.width), copied = std::clamp(p_.input_w, 0, view_.width - left);
  const int64_t frame_line = int64_t{view_.width} * channels;
  memset(parts.frame, 0, static_cast<size_t>(view_.height * frame_line) * sizeof(float));
  for (int32_t y = 0; y < view_.height; ++y) {
    const int32_t row = y - p_.pad_top;
    if (row < 0 || row >= p_.input_h) continue;
    float* const to = parts.frame + y * frame_line + int64_t{left} * channels;
    if (image_ == Image::kPixels) {
      memcpy(to, image + int64_t{row} * line,
             static_cast<size_t>(copied) * static_cast<size_t>(channels) * sizeof(float));
      continue;
    }
    for (int32_t c = 0; c < channels; ++c) {
      const float* const from = image + int64_t{c} * plane + int64_t{row} * p_.input_w;
      for (int32_t x = 0; x < copied; ++x) to[int64_t{x} * channels + c] = from[x];
    }
  }
  return parts.frame;
}

void FloatWindows::point(const float* image, const Parts& parts, int32_t first, int32_t count) const {
  const int32_t columns = has_whole_lines_ ? 1 : p_.kernel_w, channels = p_.input_c;
  int32_t y = first / p_.output_w, x = first % p_.output_w;
  for (int32_t r = 0; r < count; ++r) {
    const float** to = parts.begins + r;
    for (int32_t ky = 0; ky < p_.kernel_h; ++ky) {
      const int32_t row = y * p_.stride_h - view_.pad_top + ky * p_.dilation_h;
      const bool has_row = row >= 0 && row < view_.height;
      for (int32_t kx = 0; kx < columns; ++kx, to += count) {
        const int32_t column = x * p_.stride_w - view_.pad_left + kx * p_.dilation_w;
        const bool is_inside = has_row && column >= 0 && column < view_.width;
        *to = is_inside ? image + (int64_t{row} * view_.width + column) * channels : parts.zeros;
      }
    }
    if (++x == p_.output_w) ++y, x = 0;
  }
}

}  // namespace tmc::kernels::highway
