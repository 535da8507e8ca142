// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Whether a program stays within a budget, and what to look at where it does not.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tmc/program/program.hpp"

namespace tmc::storage {

struct Budget {
  std::optional<int64_t> flash_bytes = std::nullopt;
  std::optional<int64_t> ram_bytes = std::nullopt;
  bool is_hardware = false;  // what the target has, not what the user allows
};

// What the whole image takes where it is known; else the constants and the regions alone.
struct MemoryUse {
  int64_t flash_bytes = 0;
  int64_t ram_bytes = 0;
};
MemoryUse memory_of(const program::Program& program);

// Bytes of all regions that are alive while a step runs; what shares bytes counts once.
struct StepMemory {
  int32_t step = 0;
  int64_t live_bytes = 0;
  std::vector<int32_t> buffers;  // alive, the largest first
};
// Of every step of a placed program, the most bytes first.
std::vector<StepMemory> live_memory(const program::Program& program);

// kBudgetExceeded, or kDoesNotFit where the budget is the hardware's: by how much, with a table of the largest
// contributors and the hint. `used` is what the budget is held against.
Status check_budget(const program::Program& program, const MemoryUse& used, const Budget& budget);

}  // namespace tmc::storage
