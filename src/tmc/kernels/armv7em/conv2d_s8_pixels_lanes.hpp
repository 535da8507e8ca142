// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// conv2d_s8_pixels for layers of few weights, which are unpacked to lanes first.

#include "tmc/kernels/armv7em/conv2d_s8_pixels.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dS8PixelsLanes : Conv2dS8PixelsOf<Channel, true> {
  static constexpr const char* kInsteadOf = "conv2d_s8_pixels";
};

}  // namespace tmc::kernels::armv7em
