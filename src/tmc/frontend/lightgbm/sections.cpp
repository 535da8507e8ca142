// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/lightgbm/sections.hpp"

#include <algorithm>

#include "tmc/base/host/number.hpp"

namespace tmc::frontend::lightgbm {
namespace {

constexpr std::string_view kSpace = " \t\r";
constexpr std::string_view kHint = "save the model again with LightGBM";

template <typename T>
Result<T> parsed(std::string_view word) {
  T value{};
  if (parse_number(word, value)) return value;
  return error(Error::kMalformed, "'{}' is no number", word.substr(0, 40)).with_hint(kHint);
}

template <typename T>
Result<std::vector<T>> all_parsed(const Section& section, std::string_view key, int64_t count) {
  const std::vector<std::string_view> words = section.words(key);
  if (std::ssize(words) != count) {
    return error(Error::kMalformed, "it has {} numbers of '{}', not {}", words.size(), key, count).with_hint(kHint);
  }
  std::vector<T> values;
  for (const std::string_view word : words) {
    TMC_ASSIGN(values.emplace_back(), parsed<T>(word));
  }
  return values;
}

}  // namespace

void Section::add(std::string_view line) {
  const size_t equals = line.find('=');
  // A word alone says that something is so.
  values_[line.substr(0, equals)] = equals == std::string_view::npos ? "" : line.substr(equals + 1);
}

std::string_view Section::text(std::string_view key) const {
  const auto found = values_.find(key);
  return found == values_.end() ? std::string_view() : found->second;
}

std::vector<std::string_view> Section::words(std::string_view key) const {
  std::vector<std::string_view> words;
  std::string_view rest = text(key);
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(kSpace), rest.size()));
    if (rest.empty()) return words;
    words.push_back(rest.substr(0, rest.find_first_of(kSpace)));
    rest.remove_prefix(words.back().size());
  }
}

Result<int64_t> Section::integer(std::string_view key, int64_t otherwise) const {
  return has(key) ? parsed<int64_t>(text(key)) : Result<int64_t>(otherwise);
}

Result<std::vector<int64_t>> Section::integers(std::string_view key, int64_t count) const {
  return all_parsed<int64_t>(*this, key, count);
}

Result<std::vector<double>> Section::reals(std::string_view key, int64_t count) const {
  return all_parsed<double>(*this, key, count);
}

Result<double> number_of(std::string_view word) {
  return parsed<double>(word);
}

Result<Sections> split_sections(std::string_view file) {
  Sections sections;
  while (!file.empty()) {
    const size_t end = std::min(file.find('\n'), file.size());
    std::string_view line = file.substr(0, end);
    file.remove_prefix(std::min(end + 1, file.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line == "end of trees") return sections;
    if (line.starts_with("Tree=")) {
      sections.trees.emplace_back();
    } else if (!line.empty()) {
      (sections.trees.empty() ? sections.model : sections.trees.back()).add(line);
    }
  }
  return error(Error::kMalformed, "its trees do not end: the file is cut short").with_hint(kHint);
}

}  // namespace tmc::frontend::lightgbm
