// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/kernels/contract/mul_s8.hpp"
#include "tmc/kernels/portable/detail/mul.hpp"

namespace tmc::kernels::portable {

struct MulS8 : MulBody<kernels::MulS8, int8_t> {
  static constexpr bool applies(const Params&) { return true; }
};

}  // namespace tmc::kernels::portable
