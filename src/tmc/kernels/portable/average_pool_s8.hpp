// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/kernels/contract/average_pool_s8.hpp"
#include "tmc/kernels/portable/detail/average_pool.hpp"

namespace tmc::kernels::portable {

struct AveragePoolS8 : AveragePoolBody<kernels::AveragePoolS8, int8_t> {
  static constexpr bool applies(const Params& p) { return p.rescale == 0 || can_rescale(p); }
};

}  // namespace tmc::kernels::portable
