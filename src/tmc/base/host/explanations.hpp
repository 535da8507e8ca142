// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Every error of base/error.hpp as users meet it: a stable code, "TMC" and the three digits of its value, and an
// explanation, which is a file of that name in explanations/. docs/errors.md is made of the same files.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/error.hpp"

namespace tmc {

struct Explanation {
  std::string code, title, meaning, example, hint;  // Markdown; the title without its mark
};

// "TMC302".
std::string code_of(Error error);

// Every error but kOk, in the order of their codes.
std::vector<Error> all_errors();

// In upper or lower case, with or without "TMC"; nothing where there is no such error, or no explanation of it.
std::optional<Explanation> explain(std::string_view code);

// All of them as one page.
std::string explanations_page();

}  // namespace tmc
