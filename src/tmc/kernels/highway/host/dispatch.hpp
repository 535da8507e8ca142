// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which of the instruction sets that the loops of this folder are compiled for runs: the best that this processor has,
// or the one that the environment names. They give the same bits.

#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::kernels::highway {

// Those of this build that this processor has, the best first: "avx3_dl", "avx3", "avx2", "sse4", "scalar"; of 64-bit
// Arm "neon" alone.
std::vector<std::string> instruction_sets();

// From now on the one of that name runs; "" is the best again. kBadUsage where it is not among them, and the best runs.
// Not while kernels run.
Status use_instruction_set(std::string_view name);

// What the environment variable TMC_FORCE_ISA asks for, if it is set; read once. Whatever runs kernels calls it first.
Status use_forced_instruction_set();

}  // namespace tmc::kernels::highway
