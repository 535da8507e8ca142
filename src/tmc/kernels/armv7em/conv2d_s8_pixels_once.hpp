// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// conv2d_s8_pixels for layers all of whose channels round once.

#include "tmc/kernels/armv7em/conv2d_s8_pixels.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dS8PixelsOnce : Conv2dS8PixelsOf<OnceChannel, false> {};

}  // namespace tmc::kernels::armv7em
