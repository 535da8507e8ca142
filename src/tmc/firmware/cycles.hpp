// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// `cycles_estimate`: the emulator says which blocks of code one run enters and how often, the core's issue rules say
// how many cycles a block takes.

#include <functional>

#include "tmc/firmware/block_trace.hpp"
#include "tmc/firmware/run.hpp"

namespace tmc::firmware {

// Runs one sample on `count.elf`, which must have been linked. kBadUsage for a target whose emulator cannot trace or
// whose core has no issue rules. `progress` hears, on another thread, how many instructions have been run.
Result<Execution> estimate_execution(const Target& target, const Firmware& firmware, const SampleBytes& sample,
                                     const std::function<void(uint64_t instructions)>& progress = {});

}  // namespace tmc::firmware
