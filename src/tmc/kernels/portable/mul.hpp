// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/kernels/contract/mul.hpp"
#include "tmc/kernels/portable/detail/mul.hpp"
#include "tmc/kernels/portable/detail/symmetric.hpp"

namespace tmc::kernels::portable {

struct MulS8 : MulBody<kernels::MulS8, int8_t> {
  static constexpr bool applies(const Params&) { return true; }
};

struct MulS16 : MulBody<kernels::MulS16, int16_t> {
  static constexpr bool applies(const Params& p) { return has_symmetric_operands(p); }
};

}  // namespace tmc::kernels::portable
