// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The rewrites of this module, one a file in quant/pass/: from float operators between dequantize and quantize
// nodes to integer operators.

#include "tmc/ir/pass.hpp"

namespace tmc::quant {

// Generated: every pass in quant/pass/, in the order of their names.
std::span<const ir::Pass* const> all_passes();

}  // namespace tmc::quant
