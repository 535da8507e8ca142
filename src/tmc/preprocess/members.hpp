// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reads the members of a mapping of the preprocessing YAML; its errors are kMalformed and name the mapping and the key.

#include <fmt/format.h>

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tmc/base/host/json_reader.hpp"
#include "tmc/base/host/status.hpp"

namespace tmc::preprocess {

// Reads members of one mapping and remembers the first thing that is wrong, unknown keys among them.
class Members {
 public:
  Members(const json::Value& object, std::string where) : object_(object), where_(std::move(where)) {
    if (!object_.as<json::Value::Object>()) fail("is no mapping");
  }

  const json::Value* find(const char* name) {
    seen_.insert(name);
    return json::member(object_, name);
  }

  void read(const char* name, bool& to) {
    if (const json::Value* value = find(name); value && !json::read(*value, to)) wrong(name, "true or false");
  }
  void read(const char* name, double& to) {
    if (const json::Value* value = find(name); value && !json::read(*value, to)) wrong(name, "number");
  }
  void read(const char* name, std::optional<double>& to) {
    double number = 0;
    if (const json::Value* value = find(name); value) {
      if (!json::read(*value, number)) wrong(name, "number");
      to = number;
    }
  }
  void read(const char* name, int64_t& to, int64_t least, int64_t most) {
    const json::Value* value = find(name);
    if (value == nullptr) return;
    if (!json::read(*value, to) || to < least || to > most) {
      wrong(name, fmt::format("whole number from {} to {}", least, most));
    }
  }
  // A number, or a list of them.
  void read(const char* name, std::vector<double>& to) {
    const json::Value* value = find(name);
    if (value == nullptr) return;
    double one = 0;
    to.clear();
    if (json::read(*value, one)) {
      to.push_back(one);
    } else if (!json::read(*value, to) || to.empty()) {
      wrong(name, "number or list of numbers");
    }
  }
  // A text, where it is there.
  void read(const char* name, std::string& to) {
    if (const json::Value* value = find(name); value && !json::read(*value, to)) wrong(name, "text");
  }
  // A number within a range, both ends of which are out of it.
  void read_between(const char* name, double& to, double low, double high) {
    read(name, to);
    if (!(to > low && to < high)) fail(fmt::format("key '{}' is not between {} and {}", name, low, high));
  }
  // One of some words.
  template <typename Enum>
  void read(const char* name, std::initializer_list<std::pair<std::string_view, Enum>> words, Enum& to) {
    const json::Value* value = find(name);
    if (value == nullptr) return;
    std::string all;
    for (const auto& [word, meaning] : words) {
      if (*value == word) {
        to = meaning;
        return;
      }
      all += (all.empty() ? "" : ", ") + std::string(word);
    }
    wrong(name, "word of " + all);
  }

  const Status& status() const { return status_; }
  void fail(const std::string& what) {
    if (status_.ok()) status_ = error(Error::kMalformed, "{} {}", where_, what);
  }
  Status finish() {
    if (const auto* members = object_.as<json::Value::Object>()) {
      for (const auto& [key, value] : *members) {
        if (!seen_.contains(key)) fail("has the unknown key '" + key + "'");
      }
    }
    return status_;
  }

 private:
  void wrong(const char* name, const std::string& wanted) { fail(fmt::format("key '{}' is no {}", name, wanted)); }

  const json::Value& object_;
  std::string where_;
  std::set<std::string> seen_;
  Status status_;
};

}  // namespace tmc::preprocess
