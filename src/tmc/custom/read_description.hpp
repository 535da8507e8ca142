// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// One entry of the YAML as a Description. What is wrong with it is added to `problems`; the result is of use only where
// nothing was.

#include "tmc/custom/description.hpp"
#include "tmc/custom/yaml_entry.hpp"

namespace tmc::custom {

Description read_description(YamlEntry& entry, const std::filesystem::path& folder);

// Of read_description: what the function is called with, as the key `arguments` says, or in the order that
// docs/custom-operators.md gives. The rest of the description is there.
std::vector<Argument> read_arguments(YamlEntry& entry, const Description& description);

// Of read_description: an entry of the key `attributes`.
Attribute read_attribute(YamlEntry& entry);

// A number or a text as an expression; none, and a problem, where it is neither.
std::optional<Expression> read_expression(YamlEntry& entry, const json::Value& value, const char* what);

// Adds a problem for every name in the expression that is not among `known`.
void check_names(YamlEntry& entry, const Expression& expression, const Numbers& known);

// Letters, digits and underscores that begin with a letter, and no word of C++.
bool is_identifier(std::string_view text);

}  // namespace tmc::custom
