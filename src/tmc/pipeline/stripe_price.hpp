// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What it costs to run layers in stripes of rows, against the memory that it saves: how `--stream-rows auto` decides.

#include <functional>

#include "tmc/base/host/status.hpp"
#include "tmc/program/program.hpp"
#include "tmc/targets/target.hpp"

namespace tmc::pipeline {

// So many parts of the arena are worth one part of the instructions, or of the flash.
inline constexpr double kInstructionRate = 8;
inline constexpr double kFlashRate = 2;

using StripePrice = std::function<double(const program::Program& striped)>;  // storage::StreamTrade::price

// Of a program made from this one, as the cost model predicts it. It counts no savings,
// since predictions err by more than stripes can save. Error: the target's cost table cannot be read.
Result<StripePrice> stripe_price(const program::Program& plain, const Target& target, Optimize optimize);

}  // namespace tmc::pipeline
