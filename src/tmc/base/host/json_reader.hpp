// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reads values and members of JSON that may be anything, without exceptions. Errors are kMalformed and name the member.

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tmc/base/host/json.hpp"
#include "tmc/base/host/status.hpp"

namespace tmc::json {

Status wrong(std::string_view member, const char* wanted);

// --- single values; each false where the JSON is of another kind or out of range

bool read(const Value& json, bool& to);
bool read(const Value& json, std::string& to);
bool read(const Value& json, double& to);  // of integers too
// Exact for what was a float before; nothing is rounded to infinity.
bool read(const Value& json, float& to);
// null is the empty optional.
bool read(const Value& json, std::optional<std::string>& to);

template <std::integral Int>
bool read(const Value& json, Int& to) {
  const auto* integer = json.as<int64_t>();
  if (!integer || !std::in_range<Int>(*integer)) return false;
  to = static_cast<Int>(*integer);
  return true;
}

template <typename T>
bool read(const Value& json, std::vector<T>& to) {
  const auto* elements = json.as<Value::Array>();
  if (!elements) return false;
  for (const Value& element : *elements) {
    T value{};
    if (!read(element, value)) return false;
    to.push_back(std::move(value));
  }
  return true;
}

// --- members of an object; json.hpp has member(), which looks for one

template <typename T>
Status read_member(const Value& object, const char* name, const char* wanted, T& to) {
  const Value* json = member(object, name);
  return json && read(*json, to) ? Status() : wrong(name, wanted);
}

Result<const Value::Array*> array_member(const Value& object, const char* name);

}  // namespace tmc::json
