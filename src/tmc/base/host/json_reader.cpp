// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/json_reader.hpp"

#include <cmath>
#include <limits>

namespace tmc::json {

Status wrong(std::string_view member, const char* wanted) {
  return error(Error::kMalformed, "member '{}' is missing or no {}", member, wanted);
}

bool read(const Value& json, bool& to) {
  const auto* truth = json.as<bool>();
  if (truth) to = *truth;
  return truth != nullptr;
}

bool read(const Value& json, std::string& to) {
  const auto* text = json.as<std::string>();
  if (text) to = *text;
  return text != nullptr;
}

bool read(const Value& json, double& to) {
  if (const auto* real = json.as<double>()) {
    to = *real;
  } else if (const auto* integer = json.as<int64_t>()) {
    to = static_cast<double>(*integer);
  } else if (const auto* large = json.as<uint64_t>()) {
    to = static_cast<double>(*large);
  } else {
    return false;
  }
  return true;
}

bool read(const Value& json, float& to) {
  double real = 0;
  if (!read(json, real) || std::abs(real) > std::numeric_limits<float>::max()) return false;
  to = static_cast<float>(real);
  return true;
}

bool read(const Value& json, std::optional<std::string>& to) {
  to.reset();
  return json.is_null() || read(json, to.emplace());
}

Result<const Value::Array*> array_member(const Value& object, const char* name) {
  const Value* json = member(object, name);
  const auto* elements = json ? json->as<Value::Array>() : nullptr;
  if (!elements) return wrong(name, "array");
  return elements;
}

}  // namespace tmc::json
