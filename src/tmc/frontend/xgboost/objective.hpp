// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// XGBoost's objectives: what is made of the sums, and how the base score, which the file holds as a prediction, becomes
// a sum.

#include <string>

#include "tmc/frontend/common/row_model.hpp"

namespace tmc::frontend::xgboost {

struct Objective {
  const char* name;
  Link link;
  // What leads from a prediction to a sum.
  enum class Base : uint8_t { kIdentity, kLogit, kLog } base;
};

// kUnsupportedOp for one that is not known here, which the caller may have written himself.
Result<Objective> find_objective(const std::string& name);

// The sum that a row begins with. kMalformed where there is none.
Result<float> base_sum(const Objective& objective, float base_score);

}  // namespace tmc::frontend::xgboost
