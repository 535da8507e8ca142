// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// One axis of a region of roi_align_f32, and of a place in it. Freestanding.

#include "tmc/base/math_rounding.hpp"
#include "tmc/kernels/contract/roi_align_f32.hpp"

namespace tmc::kernels::portable {

struct RegionAxis {
  float begin, bin;  // in pixels
  int32_t samples;   // of a bin
};

inline RegionAxis region_axis(const RoiAlignF32::Params& p, float begin, float end, int32_t bins) {
  RegionAxis axis{};
  axis.begin = begin * p.scale - p.offset;
  float size = end * p.scale - p.offset - axis.begin;
  if (p.whole != 0 && !(size > 1)) size = 1;
  axis.bin = size / static_cast<float>(bins);
  axis.samples = p.samples;
  if (p.samples == 0) {
    constexpr auto kMost = static_cast<float>(RoiAlignF32::kMostSamples);
    const float samples = -floor_f32(-axis.bin);
    axis.samples = samples > 0 ? static_cast<int32_t>(samples < kMost ? samples : kMost) : 0;
  }
  return axis;
}

// The pixels before and behind a place, and the weight of the second; none where `is_inside` is false.
struct RegionPlace {
  int32_t low, high;
  float rest;
  bool is_inside;
};

inline RegionPlace region_place(const RegionAxis& axis, int32_t bin, int32_t sample, int32_t extent) {
  const float step = (static_cast<float>(sample) + 0.5F) * axis.bin / static_cast<float>(axis.samples);
  float at = axis.begin + static_cast<float>(bin) * axis.bin + step;
  if (!(at >= -1) || at > static_cast<float>(extent)) return {0, 0, 0, false};
  if (at < 0) at = 0;
  const auto low = static_cast<int32_t>(at);
  if (low >= extent - 1) return {extent - 1, extent - 1, 0, true};
  return {low, low + 1, at - static_cast<float>(low), true};
}

}  // namespace tmc::kernels::portable
