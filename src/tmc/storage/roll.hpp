// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loops of a program out of steps that say the same again and again: a recurrent layer of which a model has every time
// step, because an exporter unrolled it or because an importer ran the body of a loop trip by trip.

#include "tmc/program/program.hpp"

namespace tmc::storage {

// Rolls every such run of steps of an unplaced program into one loop, with the same results to the last bit: the same
// kernels run on the same values in an order that the dependencies allow. The first trip and the last stay outside
// where they differ, as where the state begins as a constant. What lies between the trips is one buffer then. Returns
// how many loops there are more.
int32_t roll_loops(program::Program& program);

}  // namespace tmc::storage
