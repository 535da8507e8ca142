// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A program as tables for people: steps with their kernels, parameters and operands' addresses; buffers with addresses
// and lifetimes; constants; and a map of the arena over time. Not read back: the JSON form (program/json.hpp) is.

#include <string>

#include "tmc/program/program.hpp"

namespace tmc::program {

struct TextOptions {
  bool params = true;
  bool memory_map = true;  // of a placed program: a line a step, a column for every part of the arena
};
std::string to_text(const Program& program, const TextOptions& options = {});

}  // namespace tmc::program
