// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Functions of one int8 (table_s8: GELU, SiLU, hard swish, sigmoid, ...) behind a layer become a part of it: the layer
// looks every output up before it is stored, a third of the instructions of a step of its own.

#include "tmc/program/program.hpp"

namespace tmc::select {

// Fuses the tables that alone read what an implementation NAME writes, where its instruction set has one called
// NAME_table, of the kernel KERNEL_table and for the same constants, that takes fewer instructions. The tensor between
// them is gone. `program` is without addresses.
void fuse_tables(program::Program& program);

}  // namespace tmc::select
