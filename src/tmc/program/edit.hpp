// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Changes to a program that keep its indices consistent.

#include <cstdint>
#include <functional>

#include "tmc/program/program.hpp"

namespace tmc::program {

// Takes out the buffers for which `is_gone` holds, which no operand and no tensor uses any more.
void remove_buffers(Program& program, const std::function<bool(int32_t buffer)>& is_gone);

// Takes out the tensors for which `is_gone` holds, which are no inputs or outputs.
void remove_tensors(Program& program, const std::function<bool(const Tensor&)>& is_gone);

}  // namespace tmc::program
