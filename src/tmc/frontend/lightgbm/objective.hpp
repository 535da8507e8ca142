// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// LightGBM's objectives: what is made of the sums.

#include <string_view>
#include <vector>

#include "tmc/frontend/common/row_model.hpp"

namespace tmc::frontend::lightgbm {

struct Objective {
  Link link = Link::kIdentity;
  float factor = 1;
};

// Of the line that the file has for it: its name, then parameters as name:value. None: a function of the user's, whose
// sums are the answer. kUnsupportedOp for a name that is not known.
Result<Objective> read_objective(const std::vector<std::string_view>& words);

}  // namespace tmc::frontend::lightgbm
