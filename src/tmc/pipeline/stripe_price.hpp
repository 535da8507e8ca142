// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What it costs to run layers in stripes of rows, against the memory that it saves: how `--stream-rows auto` decides.

#include "tmc/base/host/status.hpp"
#include "tmc/program/program.hpp"
#include "tmc/storage/striping.hpp"
#include "tmc/targets/target.hpp"

namespace tmc::pipeline {

// A price is weighed against the logarithm of the arena: one percent of the instructions, or of the flash, is worth so
// many percent of the arena as it then is.
inline constexpr double kInstructionRate = 8;
inline constexpr double kFlashRate = 2;

// Of a program made from this one, as the cost model predicts it. It counts no savings, since predictions err by more
// than stripes can save. Error: the target's cost table cannot be read.
Result<storage::StripesPrice> stripe_price(const program::Program& plain, const Target& target, Optimize optimize);

}  // namespace tmc::pipeline
