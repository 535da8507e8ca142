// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Writes the self-contained folder of a compiled model (backend/cpp), and checks it against budgets.

#include <filesystem>
#include <string_view>

#include "tmc/backend/cpp/backend.hpp"
#include "tmc/cost/predict.hpp"
#include "tmc/pipeline/compile.hpp"
#include "tmc/storage/budget.hpp"

namespace tmc::pipeline {

// "flash=2M,ram=512K": K and M are 1024 and 1024^2. kBadUsage for anything else.
Result<storage::Budget> parse_budget(std::string_view text);

struct EmitOptions {
  storage::Budget budget;                               // written as static_asserts
  const cost::Cost* predicted = nullptr;                // set: report.html beside the sources, the bill in the manifest
  std::vector<backend::cpp::HeaderConstant> constants;  // of model.hpp
};

// The folder appears whole or not at all.
Status emit_sources(const Compilation& compilation, const std::filesystem::path& folder, const EmitOptions& emit);

// kBudgetExceeded with a table of the largest contributors where the model needs more than `budget`; kDoesNotFit where
// it needs more than the target has. RAM is the arena; flash is that of the linked firmware, or the constants alone for
// a target without toolchain.
Status check_budget(const Compilation& compilation, const storage::Budget& budget);

}  // namespace tmc::pipeline
