// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// conv2d_s8 for layers of few weights, which are unpacked to lanes first.

#include "tmc/kernels/armv7em/conv2d_s8.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dS8Lanes : Conv2dS8Of<Channel, true> {
  static constexpr const char* kInsteadOf = "conv2d_s8";
};

}  // namespace tmc::kernels::armv7em
