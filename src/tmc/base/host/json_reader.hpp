// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reads values and members of JSON that may be anything, without exceptions. Errors are kMalformed and name the member.

#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::json {

using Json = nlohmann::json;

inline Status wrong(std::string_view member, const char* wanted) {
  return error(Error::kMalformed, "member '{}' is missing or no {}", member, wanted);
}

// The whole text as one value.
inline Result<Json> parse(std::string_view text) {
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return error(Error::kMalformed, "the text is no JSON");
  return json;
}

// --- single values; each false where the JSON is of another kind or out of range

inline bool read(const Json& json, bool& to) {
  if (json.is_boolean()) to = json.get<bool>();
  return json.is_boolean();
}

inline bool read(const Json& json, std::string& to) {
  if (json.is_string()) to = json.get<std::string>();
  return json.is_string();
}

template <typename Int>
requires std::is_integral_v<Int>
bool read(const Json& json, Int& to) {
  const bool fits_signed = !json.is_number_unsigned() || json.get<uint64_t>() <= std::numeric_limits<int64_t>::max();
  if (!json.is_number_integer() || !fits_signed || !std::in_range<Int>(json.get<int64_t>())) return false;
  to = static_cast<Int>(json.get<int64_t>());
  return true;
}

// Exact for what was a float before; nothing is rounded to infinity.
inline bool read(const Json& json, float& to) {
  constexpr double kMost = std::numeric_limits<float>::max();
  if (!json.is_number() || std::abs(json.get<double>()) > kMost) return false;
  to = static_cast<float>(json.get<double>());
  return true;
}

// null is the empty optional.
inline bool read(const Json& json, std::optional<std::string>& to) {
  to.reset();
  return json.is_null() || read(json, to.emplace());
}

template <typename T>
bool read(const Json& json, std::vector<T>& to) {
  if (!json.is_array()) return false;
  for (const Json& element : json) {
    T value{};
    if (!read(element, value)) return false;
    to.push_back(std::move(value));
  }
  return true;
}

// --- members of an object

// Null where there is none of that name, or `object` is no object.
inline const Json* member(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

template <typename T>
Status read_member(const Json& object, const char* name, const char* wanted, T& to) {
  const Json* json = member(object, name);
  return json && read(*json, to) ? Status() : wrong(name, wanted);
}

inline Result<const Json*> array_member(const Json& object, const char* name) {
  const Json* json = member(object, name);
  if (!json || !json->is_array()) return wrong(name, "array");
  return json;
}

}  // namespace tmc::json
