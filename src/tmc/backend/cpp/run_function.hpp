// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The functions of model.h as model.cpp defines them: NAME_run, which calls an instance for each step, and NAME_reset.
// Steps that repeat (program/repeats.hpp) are called in loops.

#include <string>
#include <vector>

#include "tmc/program/instances.hpp"
#include "tmc/program/program.hpp"

namespace tmc::backend::cpp {

std::string run_function(const program::Program& program, const std::vector<program::Instance>& instances);

// Nothing where the model has no state.
std::string reset_function(const program::Program& program);

// What a step passes to a general instance: the Params of the first of its steps that has the same.
std::string params_name(const program::Program& program, const program::Instance& instance, int32_t step);

}  // namespace tmc::backend::cpp
