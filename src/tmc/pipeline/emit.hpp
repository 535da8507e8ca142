// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Writes the self-contained folder of a compiled model (backend/cpp), and checks it against budgets.

#include <filesystem>
#include <string_view>

#include "tmc/cost/predict.hpp"
#include "tmc/pipeline/compile.hpp"
#include "tmc/storage/budget.hpp"

namespace tmc::pipeline {

// "flash=2M,ram=512K": K and M are 1024 and 1024^2. kBadUsage for anything else.
Result<storage::Budget> parse_budget(std::string_view text);

// The folder appears whole or not at all. `budget` is written into it as static_asserts. Where `predicted` is
// given, report.html stands beside the sources and the manifest holds the bill.
Status emit_sources(const Compilation& compilation, const std::filesystem::path& folder, const storage::Budget& budget,
                    const cost::Cost* predicted = nullptr);

// kBudgetExceeded with a table of the largest contributors where the model needs more than `budget`; kDoesNotFit where
// it needs more than the target has. RAM is the arena; flash is that of the linked firmware, or the constants alone for
// a target without toolchain.
Status check_budget(const Compilation& compilation, const storage::Budget& budget);

}  // namespace tmc::pipeline
