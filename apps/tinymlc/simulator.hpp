// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Boards that our own simulator runs (docs/simulator.md): by the command line, which starts itself for it.

#include "tmc/targets/target.hpp"

namespace tmc::app {

// With a way to run, where the target has the method `simulator`, the build has one, and this process is the command
// line; else the target as it is, which is linked only.
Target with_simulator(Target target);

}  // namespace tmc::app
