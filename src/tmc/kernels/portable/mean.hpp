// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/kernels/contract/mean.hpp"
#include "tmc/kernels/portable/detail/quantized_mean.hpp"
#include "tmc/kernels/portable/detail/symmetric.hpp"

namespace tmc::kernels::portable {

struct MeanS8 : QuantizedMeanBody<kernels::MeanS8, int8_t> {
  static constexpr bool applies(const Params& p) { return sums_fit(p); }
};

struct MeanS16 : QuantizedMeanBody<kernels::MeanS16, int16_t> {
  static constexpr bool applies(const Params& p) { return is_symmetric(p) && sums_fit(p); }
};

}  // namespace tmc::kernels::portable
