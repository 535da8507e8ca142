// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which step writes a tensor of a program.

#include <cstdint>

#include "tmc/program/program.hpp"

namespace tmc::storage {

// The last step up to `limit` that writes to a tensor; -1: none.
int32_t last_writer(const program::Program& program, const program::Tensor& tensor, int32_t limit);

}  // namespace tmc::storage
