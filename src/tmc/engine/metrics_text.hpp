// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs in Prometheus' text form: counters, a gauge of the contexts, and a histogram of the times, by model.

#include <map>
#include <string>

#include "tmc/engine/metrics.hpp"

namespace tmc::engine {

using RunsByModel = std::map<std::string, RunCounts>;

std::string prometheus(const RunsByModel& runs);

}  // namespace tmc::engine
