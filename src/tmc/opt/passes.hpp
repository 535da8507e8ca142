// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The rewrites of this module, one a file in opt/pass/: cleaning, folding, fusing, layout.

#include "tmc/ir/pass.hpp"

namespace tmc::opt {

// Generated: every pass in opt/pass/, in the order of their names.
std::span<const ir::Pass* const> all_passes();

}  // namespace tmc::opt
