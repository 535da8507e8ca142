// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What Prometheus' own parser reads of a text.

#include <optional>
#include <string>

namespace tmc::memory::testing {

// A line for each sample: name|type of its family|label=value,...|value, with Python's ascii() of the labels' values.
// What it says, where it refuses the text. Nothing where it is not installed (scripts/setup).
std::optional<std::string> read_by_prometheus(const std::string& text);

}  // namespace tmc::memory::testing
