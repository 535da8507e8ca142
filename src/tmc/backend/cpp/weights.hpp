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

std::string weights_header(const program::Program& program);
std::string weights_source(const program::Program& program);

}  // namespace tmc::backend::cpp
