// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From here on a stack that grows below `tmc_ld_stack_limit` is a fault at once. How is a matter of the architecture:
// boards/common/armv7m and armv8m each have one. Runs before .data and .bss exist.

namespace tmc::board {

void guard_stack();

}  // namespace tmc::board
