// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The trees of LightGBM's sections. Tree i is for target i modulo the number of targets.

#include "tmc/frontend/common/trees.hpp"
#include "tmc/frontend/lightgbm/sections.hpp"

namespace tmc::frontend::lightgbm {

// `is_average`: each target is the mean of its trees.
Result<FileTrees> read_section_trees(const std::vector<Section>& sections, int64_t targets, bool is_average);

}  // namespace tmc::frontend::lightgbm
