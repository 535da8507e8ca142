// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// conv2d_s8_pixels_once for layers of few weights, which are unpacked to lanes first.

#include "tmc/kernels/armv7em/conv2d_s8_pixels.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dS8PixelsOnceLanes : Conv2dS8PixelsOf<OnceChannel, true> {
  static constexpr const char* kInsteadOf = "conv2d_s8_pixels_once";
};

}  // namespace tmc::kernels::armv7em
