// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reads one mapping of a description, and collects everything that is wrong with it, unknown keys among them, so that
// all of it is said at once. Refers to the value and to the list of problems.

#include <set>
#include <string>
#include <vector>

#include "tmc/base/host/json_reader.hpp"

namespace tmc::custom {

// What is wrong, each with its place and its remedy.
using Problems = std::vector<std::string>;

class YamlEntry {
 public:
  using Json = json::Value;

  YamlEntry(const Json& value, std::string where, Problems& problems)
      : value_(value), where_(std::move(where)), problems_(problems) {
    if (value_.as<Json::Object>() == nullptr) fail("is no mapping: write 'key: value' lines");
  }

  const Json* find(const char* key) {
    seen_.insert(key);
    return json::member(value_, key);
  }
  // Empty where it is absent.
  std::string text(const char* key) {
    std::string text;
    if (const Json* found = find(key); found && !json::read(*found, text))
      fail(std::string("key '") + key + "' is no text");
    return text;
  }
  std::string required_text(const char* key) {
    if (find(key) == nullptr) fail(std::string("lacks the key '") + key + "'");
    return text(key);
  }
  void read(const char* key, double& to) {
    if (const Json* found = find(key); found && !json::read(*found, to))
      fail(std::string("key '") + key + "' is no number");
  }
  // The elements of a list; none where it is absent.
  std::vector<const Json*> list(const char* key, size_t least, size_t most) {
    std::vector<const Json*> elements;
    const Json* found = find(key);
    const auto* array = found ? found->as<Json::Array>() : nullptr;
    if (found && !array) fail(std::string("key '") + key + "' is no list");
    for (size_t i = 0; array && i < array->size() && i < most; ++i) elements.push_back(&(*array)[i]);
    const size_t size = array ? array->size() : 0;
    if (size < least || size > most) {
      fail(fmt::format("has {} {}; there may be {} to {}", size, key, least, most));
    }
    return elements;
  }

  void fail(const std::string& what) { problems_.push_back(where_ + " " + what); }
  const std::string& where() const { return where_; }
  Problems& problems() { return problems_; }

  // After all keys were asked for.
  void finish() {
    const auto* members = value_.as<Json::Object>();
    for (size_t i = 0; members && i < members->size(); ++i) {
      const std::string& key = (*members)[i].name;
      if (seen_.contains(key)) continue;
      std::string known;
      for (const std::string& name : seen_) known += (known.empty() ? "" : ", ") + name;
      fail(fmt::format("has the unknown key '{}': its keys are {}", key, known));
    }
  }

 private:
  const Json& value_;
  std::string where_;
  Problems& problems_;
  std::set<std::string> seen_;
};

}  // namespace tmc::custom
