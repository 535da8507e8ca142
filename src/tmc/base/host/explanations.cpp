// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/explanations.hpp"

#include <fmt/format.h>

#include <cctype>
#include <span>

#include "tmc/base/host/embedded.hpp"

namespace tmc {

std::span<const EmbeddedFile> explanation_files();  // generated from explanations/

namespace {

// Without a default: the compiler tells when an enumerator is missing.
constexpr bool is_error(Error error) {
  switch (error) {
    case Error::kBudgetExceeded:
    case Error::kDoesNotFit:
    case Error::kMismatch:
    case Error::kBadUsage:
    case Error::kBadInput:
    case Error::kNotFound:
    case Error::kMalformed:
    case Error::kUnsupportedOp:
    case Error::kUnsupportedType:
    case Error::kUnsupportedShape:
    case Error::kIo:
    case Error::kToolMissing:
    case Error::kToolFailed:
    case Error::kTimeout:
    case Error::kInternal:
      return true;
    case Error::kOk:
      return false;
  }
  return false;
}

constexpr std::string_view kExample = "\n## Example\n";
constexpr std::string_view kHint = "\n## Hint\n";

std::string trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of('\n');
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of('\n') + 1 - begin));
}

// "# Title", the meaning, "## Example", "## Hint".
std::optional<Explanation> parse(std::string code, std::string_view text) {
  const size_t title_end = text.find('\n');
  const size_t example = text.find(kExample);
  const size_t hint = text.find(kHint);
  if (!text.starts_with("# ") || example == std::string_view::npos || hint == std::string_view::npos ||
      hint < example) {
    return std::nullopt;
  }
  const size_t example_begin = example + kExample.size();
  return Explanation{
      std::move(code), std::string(text.substr(2, title_end - 2)), trimmed(text.substr(title_end, example - title_end)),
      trimmed(text.substr(example_begin, hint - example_begin)), trimmed(text.substr(hint + kHint.size()))};
}

}  // namespace

std::string code_of(Error error) {
  return fmt::format("TMC{:03X}", static_cast<unsigned>(error));
}

std::vector<Error> all_errors() {
  std::vector<Error> errors;
  for (uint16_t value = 0; value <= 0xfff; ++value) {
    if (is_error(static_cast<Error>(value))) errors.push_back(static_cast<Error>(value));
  }
  return errors;
}

std::optional<Explanation> explain(std::string_view code) {
  std::string name;
  for (const char c : code) name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (!name.starts_with("TMC")) name = "TMC" + name;
  for (const EmbeddedFile& file : explanation_files()) {
    if (file.path == name + ".md") return parse(name, file.text);
  }
  return std::nullopt;
}

std::string explanations_page() {
  std::string page =
      "# Errors\n\n"
      "Every error message ends with a code; `tinymlc explain CODE` prints what is below. The first digit is the "
      "group: "
      "1 the\nanswer is no, 2 the call is wrong, 3 the model file is, 4 the machine is at fault, 5 tinymlc is. The "
      "exit "
      "code of a command\nis 1 for the first group and 2 for the others.\n\n"
      "This page is generated: `tinymlc explain --all`, from `src/tmc/base/host/explanations`.\n";
  for (const Error error : all_errors()) {
    const std::optional<Explanation> found = explain(code_of(error));
    if (!found) continue;
    page += fmt::format("\n## {}: {}\n\n{}\n\n{}\n\n**Hint.** {}\n", found->code, found->title, found->meaning,
                        found->example, found->hint);
  }
  return page;
}

}  // namespace tmc
