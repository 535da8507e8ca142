// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// LightGBM's models in text (Booster.save_model('m.txt')) to Graph: gbdt, dart and rf, numeric and categorical splits,
// with the objectives of objective.hpp. The graph is that of common/row_model.hpp and gives what Booster.predict gives.
// Features are float32 there: thresholds, which are doubles, become such that every float32 takes the same way. Leaves
// and sums are float32, which LightGBM has in double.
//
// The file is untrusted. Errors: kMalformed for what is no valid file, kUnsupportedOp and kUnsupportedShape with what
// is not supported; the caller adds the file's name. A graph that comes back passes ir::verify.

#include <string_view>

#include "tmc/frontend/common/import_options.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend {

// Whether a file begins as theirs do.
bool is_lightgbm(std::string_view file);

Result<ir::Graph> import_lightgbm(std::string_view file, const ImportOptions& options = {});

}  // namespace tmc::frontend
