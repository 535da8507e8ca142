// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits.

#include "tmc/kernels/contract/add.hpp"
#include "tmc/kernels/portable/detail/add.hpp"
#include "tmc/kernels/portable/detail/symmetric.hpp"

namespace tmc::kernels::portable {

struct AddS8 : AddBody<kernels::AddS8, int8_t> {
  static constexpr bool applies(const Params&) { return true; }
};

struct AddS16 : AddBody<kernels::AddS16, int16_t> {
  static constexpr bool applies(const Params& p) { return has_symmetric_operands(p) && p.b_sign == 1; }
};

}  // namespace tmc::kernels::portable
