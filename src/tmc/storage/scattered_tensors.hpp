// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/program/program.hpp"

namespace tmc::storage {

// Takes the tensors out of a program that are whole at no time, because a part of them is read for the last time before
// another is written: its memory is free from then on. Inputs and outputs stay.
void remove_scattered_tensors(program::Program& program);

}  // namespace tmc::storage
