// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Whole pages: a file of page/ whose {{title}} and {{data}} are the ones given, and whose other {{names}} are files of
// page/. What report.hpp says of the page of a compiled model holds for each.

#include <string>
#include <string_view>

#include "tmc/base/host/json.hpp"

namespace tmc::report {

// On one line, and without `<`, `>` and `&`: safe between the tags of a script element. What is not UTF-8 is replaced.
std::string script_data(const json::Value& data);

// `data`: from script_data.
std::string make_page(std::string_view file, std::string_view title, const std::string& data);

}  // namespace tmc::report
