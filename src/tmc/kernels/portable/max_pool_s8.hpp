// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/kernels/contract/max_pool_s8.hpp"
#include "tmc/kernels/portable/detail/max_pool.hpp"

namespace tmc::kernels::portable {

struct MaxPoolS8 : MaxPoolBody<kernels::MaxPoolS8, int8_t> {};

}  // namespace tmc::kernels::portable
