// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The trees of a booster, which XGBoost writes as lists with an entry for each node.

#include "tmc/base/host/json.hpp"
#include "tmc/frontend/common/trees.hpp"

namespace tmc::frontend::xgboost {

// `model` has the trees and says which target each is for; `weights` has a factor for each tree, or nothing.
Result<FileTrees> read_booster_trees(const json::Value& model, int64_t targets, const std::vector<float>& weights);

}  // namespace tmc::frontend::xgboost
