// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How generated code stores constants in flash, and what they take there.

#include <cstddef>
#include <cstdint>

#include "tmc/program/program.hpp"

namespace tmc::program {

std::size_t element_count(const kernels::Blob& blob);

// Whether the bytes are written as a string literal instead of a list of numbers.
bool is_text(const kernels::Blob& blob);

// Elements of the array that holds it.
std::size_t stored_count(const kernels::Blob& blob);

// What the constants take in flash as GCC lays them out, with the padding between them: exact.
struct ConstantBytes {
  int64_t weights = 0;
  int64_t tables = 0;
};
ConstantBytes constant_bytes(const Program& program);

}  // namespace tmc::program
