// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// One target for each list of instruction sets that any target has, so that what runs in this process meets every
// implementation.

#include <vector>

#include "tmc/targets/target.hpp"

namespace tmc::testing {

std::vector<Target> targets_by_isa();

}  // namespace tmc::testing
