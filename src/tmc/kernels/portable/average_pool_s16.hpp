// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/kernels/contract/average_pool_s16.hpp"
#include "tmc/kernels/portable/detail/average_pool.hpp"
#include "tmc/kernels/portable/detail/symmetric.hpp"

namespace tmc::kernels::portable {

struct AveragePoolS16 : AveragePoolBody<kernels::AveragePoolS16, int16_t> {
  static constexpr bool applies(const Params& p) {
    return is_symmetric(p) && int64_t{p.kernel_h} * p.kernel_w <= Contract::kMaxWindow &&
           (p.rescale == 0 || can_rescale(p));
  }
};

}  // namespace tmc::kernels::portable
