// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// weights.hpp and weights.cpp of a generated folder: every constant an array of its own elements in flash.

#include <cstdint>
#include <string>

#include "tmc/program/program.hpp"

namespace tmc::backend::cpp {

// Within the model's namespace: "weights::c3_conv1".
std::string constant_name(const program::Program& program, int32_t constant);

// What the constants take in flash as GCC lays them out, with the padding between them: exact.
struct ConstantBytes {
  int64_t weights = 0;
  int64_t tables = 0;
};
ConstantBytes constant_bytes(const program::Program& program);

std::string weights_header(const program::Program& program);
std::string weights_source(const program::Program& program);

}  // namespace tmc::backend::cpp
