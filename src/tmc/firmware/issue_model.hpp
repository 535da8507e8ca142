// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How many cycles a straight run of instructions takes on a core that issues in order, `IssueRules::width` at a time.
// Memory answers at once and branches are predicted. Registers are ready when the run begins; nothing issues in the
// cycle of a branch after it. An estimate, and on the low side.

#include <cstdint>
#include <span>

#include "tmc/firmware/instruction.hpp"

namespace tmc::firmware {

std::uint64_t issue_cycles(const IssueRules& rules, std::span<const Instruction> run);

}  // namespace tmc::firmware
