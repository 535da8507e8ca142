// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Names of tensors and nodes come from untrusted files and end up in source text: everything that could close a
// comment or a literal, continue a line or mislead a reader (control characters, right-to-left marks) is replaced.

#include <string>
#include <string_view>

namespace tmc::backend::cpp {

// Part of an identifier: [A-Za-z0-9_], no two underscores in a row, at most 40 characters, perhaps none.
std::string identifier_part(std::string_view name);

// For a comment: printable ASCII on one line, at most 80 characters.
std::string comment_text(std::string_view name);

// A string literal with its quotes, whose bytes are the name's.
std::string string_literal(std::string_view name);

// Whether `name` can name the model: lower case, a C and C++ identifier, not reserved, and not a word of the C library,
// beside whose headers a namespace of that name would not compile.
bool is_model_name(std::string_view name);

// A name for the model from any text, a file's name as a rule: the same text where that can name a model.
std::string model_name_from(std::string_view text);

std::string upper_case(std::string_view name);

}  // namespace tmc::backend::cpp
