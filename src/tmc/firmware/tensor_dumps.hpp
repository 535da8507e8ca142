// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which parts of the arena show the tensors of a program, and when: what `trace_samples` has to record so that every
// intermediate of a run on a board can be compared.

#include <cstdint>
#include <vector>

#include "tmc/firmware/glue.hpp"
#include "tmc/program/program.hpp"

namespace tmc::firmware {

struct TensorDumps {
  std::vector<Dump> dumps;       // in the order of the steps, as BuildRequest::dumps wants them
  std::vector<int32_t> tensors;  // dumps[i] shows program.tensors[tensors[i]]
};

// Every tensor that a step writes into an arena. The program must be placed.
TensorDumps tensor_dumps(const program::Program& program);

}  // namespace tmc::firmware
