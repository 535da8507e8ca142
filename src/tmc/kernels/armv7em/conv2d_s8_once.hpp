// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// conv2d_s8 for layers all of whose channels round once.

#include "tmc/kernels/armv7em/conv2d_s8.hpp"

namespace tmc::kernels::armv7em {

struct Conv2dS8Once : Conv2dS8Of<OnceChannel, false> {};

}  // namespace tmc::kernels::armv7em
