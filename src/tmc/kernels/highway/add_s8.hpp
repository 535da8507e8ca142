// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Sums of tensors of the same shape (detail/int8_layers.hpp).

#include "tmc/kernels/portable/add.hpp"

namespace tmc::kernels::highway {

struct AddS8 : portable::AddS8 {
  static bool applies(const Params& p);
  static constexpr double instructions(const Params& p) {
    return 50 + 10.0 * static_cast<double>(broadcast_elements(p));
  }
  static void run(Params p, Buffers b);
};

}  // namespace tmc::kernels::highway
