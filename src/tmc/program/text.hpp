// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A program as tables for people: steps with their kernels, parameters and operands' addresses; buffers with addresses
// and lifetimes; constants; and, of a placed program, a map of the arena: a line a step, a column for every part of it.
// Not read back: the JSON form (program/json.hpp) is.

#include <string>

#include "tmc/program/program.hpp"

namespace tmc::program {

std::string to_text(const Program& program);

// "best fit, lower bound 9984 bytes, optimal": how storage arrived at the addresses, and how far from the least arena.
std::string plan_text(const Program& program);

}  // namespace tmc::program
