// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Whether a step's constants, which lie as its implementation's pack has laid them out, hold what the kernel reads.

#include "tmc/engine/step_check.hpp"

namespace tmc::engine {

// kMalformed: one is shorter than what the Params ask for, says to read where nothing is, or has values that the kernel
// does not take. kUnsupportedOp: nobody but the kernel knows.
Status check_constants(const image::Image& image, const StepView& step);

}  // namespace tmc::engine
