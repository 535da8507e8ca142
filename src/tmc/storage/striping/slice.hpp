// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Some steps of a program that follow one another, as a program of their own: so that what stripes do to them is seen
// without the others. No group of steps changes what another one needs, since all that crosses their borders is whole.

#include <cstdint>
#include <span>

#include "tmc/program/program.hpp"
#include "tmc/storage/lives.hpp"
#include "tmc/storage/uses.hpp"

namespace tmc::storage {

struct Slice {
  program::Program program;  // what comes from before is an input, what is used behind an output
  int64_t other_blocks = 0;  // that live all along and that these steps do not touch
};

// Steps first to last; `uses` and `lives` are the program's, in the given order.
Slice slice(const program::Program& program, const Uses& uses, std::span<const Life> lives, int32_t first,
            int32_t last);

}  // namespace tmc::storage
