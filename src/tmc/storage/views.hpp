// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Copies that need not be made. A step that copies one run of bytes, a tensor into its place in a concatenation along
// the outermost axis or a slice out of a tensor, is spared where its source can be written in place or its destination
// read in place: the smaller buffer becomes a part of the larger one.

#include "tmc/program/program.hpp"

namespace tmc::storage {

// Takes the steps out of an unplaced program whose copies can be views: the part begins on the alignment that kernels
// are promised, and neither side is written while the other still needs its bytes. Returns how many.
int32_t make_views(program::Program& program);

}  // namespace tmc::storage
