// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// LightGBM's text: lines of key=value, of the model first and then of each tree. Views into the file.

#include <map>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::frontend::lightgbm {

class Section {
 public:
  void add(std::string_view line);
  bool has(std::string_view key) const { return values_.contains(key); }
  // Empty where there is none.
  std::string_view text(std::string_view key) const;
  // Its words.
  std::vector<std::string_view> words(std::string_view key) const;
  // kMalformed where it is no integer; `otherwise` where it is absent.
  Result<int64_t> integer(std::string_view key, int64_t otherwise) const;
  // kMalformed for what is no number, or for another count.
  Result<std::vector<int64_t>> integers(std::string_view key, int64_t count) const;
  Result<std::vector<double>> reals(std::string_view key, int64_t count) const;

 private:
  std::map<std::string_view, std::string_view> values_;
};

struct Sections {
  Section model;
  std::vector<Section> trees;
};

// kMalformed where the trees do not end.
Result<Sections> split_sections(std::string_view file);

Result<double> number_of(std::string_view word);

}  // namespace tmc::frontend::lightgbm
