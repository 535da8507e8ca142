// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// JSON values as YAML (version 1.2, core schema) and back, so that what has a JSON form has a YAML form too: both are
// read by the same code.
//
// YAML may come from anybody: it is read as a stream of events into the value, at most json::kMostDepth levels deep.
// Anchors, aliases, tags and further documents are refused: they could make a short text long, or mean something else.

#include <string>
#include <string_view>

#include "tmc/base/host/json.hpp"
#include "tmc/base/host/status.hpp"

namespace tmc {

// Mappings and lists as blocks, lists of single values on one line. Texts are quoted where they would read back as
// something else. Numbers have the digits of the JSON.
std::string to_yaml(const json::Value& value);

// kMalformed with the line.
Result<json::Value> parse_yaml(std::string_view text);

}  // namespace tmc
