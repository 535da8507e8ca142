// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Copies in the body of a loop that need not be made: their readers read where they were copied from.

#include <functional>

#include "tmc/program/program.hpp"

namespace tmc::storage {

// Takes steps out of a body that is about to become a loop of the program which copy one run of bytes that begins on
// the alignment that kernels are promised at every trip, into a buffer that the body alone reads, and only after that,
// and before anything in the body writes over the source. `is_needed_after`: whether a buffer is read behind the loop.
void spare_copies(const program::Program& program, std::vector<program::Step>& body,
                  const std::function<bool(int32_t buffer)>& is_needed_after);

}  // namespace tmc::storage
