// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// XGBoost's models in JSON (Booster.save_model('m.json'), https://xgboost.readthedocs.io: "Introduction to Model IO")
// to Graph: gbtree, dart and gblinear, with the objectives of objective.hpp. The graph is that of common/row_model.hpp
// and gives what Booster.predict gives, with all trees of the file: features that are no number are missing, those that
// a split calls categories are numbers of categories, and sums are taken in float32. Labels (multi:softmax,
// binary:hinge) are i64.
//
// The file is untrusted. Errors: kMalformed for what is no valid file, kUnsupportedOp and kUnsupportedShape with what
// is not supported; the caller adds the file's name. A graph that comes back passes ir::verify.

#include <string_view>

#include "tmc/frontend/common/import_options.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend {

Result<ir::Graph> import_xgboost(std::string_view file, const ImportOptions& options = {});

}  // namespace tmc::frontend
