// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Buffers that all live at the same time and may not intersect at all: they have to be stacked, which bounds a
// placement more tightly than their pairs do.

#include <cstdint>
#include <vector>

#include "tmc/storage/constraints.hpp"

namespace tmc::storage {

using Clique = std::vector<int32_t>;  // buffers

// Of three buffers and more, none a part of another; at most two for every step.
std::vector<Clique> find_cliques(const Problem& problem);

}  // namespace tmc::storage
