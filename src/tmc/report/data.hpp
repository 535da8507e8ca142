// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the page's script draws from: the report as JSON, with a place for every vertex of the graph's picture.

#include <string>

#include "tmc/report/report.hpp"

namespace tmc::report {

// On one line, and without `<`, `>` and `&`: safe between the tags of a script element. What is not UTF-8 is replaced.
std::string to_data(const Report& report);

}  // namespace tmc::report
