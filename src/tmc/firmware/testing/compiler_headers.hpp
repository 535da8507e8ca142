// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests on boards: bare metal has no C library, and one that happens to be installed on this machine must not help.

#include "tmc/targets/target.hpp"

namespace tmc::firmware {

// What is built for the target finds the compiler's own headers and those of this source tree (src/), no others.
Status find_only_compiler_headers(Target& target);

}  // namespace tmc::firmware
