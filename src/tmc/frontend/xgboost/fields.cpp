// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/xgboost/fields.hpp"

#include "tmc/base/host/number.hpp"

namespace tmc::frontend::xgboost {
namespace {

using json::Value;

Status no(const char* what, const char* name) {
  return error(Error::kMalformed, "its '{}' is no {}", name, what).with_hint("save the model again with XGBoost");
}

bool read(const Value& value, int64_t& into) {
  if (const auto* number = value.as<int64_t>()) return into = *number, true;
  if (const auto* truth = value.as<bool>()) return into = *truth ? 1 : 0, true;
  const auto* written = value.as<std::string>();
  return written != nullptr && parse_number(*written, into);
}

bool read(const Value& value, float& into) {
  if (const auto* real = value.as<double>()) return into = static_cast<float>(*real), true;
  if (const auto* number = value.as<int64_t>()) return into = static_cast<float>(*number), true;
  return false;
}

bool read(const Value& value, std::string& into) {
  const auto* text = value.as<std::string>();
  if (text != nullptr) into = *text;
  return text != nullptr;
}

template <typename T>
Result<std::vector<T>> list(const Value& value, const char* what, const char* name) {
  std::vector<T> values;
  if (value.is_null()) return values;
  const auto* elements = value.as<Value::Array>();
  if (elements == nullptr) return no(what, name);
  for (const Value& element : *elements) {
    if (!read(element, values.emplace_back())) return no(what, name);
  }
  return values;
}

}  // namespace

Result<int64_t> integer(const Value& object, const char* name) {
  int64_t number = 0;
  return read(object[name], number) ? Result<int64_t>(number) : no("integer", name);
}

Result<int64_t> integer(const Value& object, const char* name, int64_t otherwise) {
  return object[name].is_null() ? Result<int64_t>(otherwise) : integer(object, name);
}

Result<std::string> text(const Value& object, const char* name) {
  std::string text;
  return read(object[name], text) ? Result<std::string>(std::move(text)) : no("text", name);
}

Result<std::vector<int64_t>> integers(const Value& object, const char* name) {
  return list<int64_t>(object[name], "list of integers", name);
}

Result<std::vector<float>> reals(const Value& object, const char* name) {
  return list<float>(object[name], "list of numbers", name);
}

Result<std::vector<std::string>> texts(const Value& object, const char* name) {
  return list<std::string>(object[name], "list of texts", name);
}

Result<std::vector<float>> one_or_more_reals(const Value& object, const char* name) {
  Value value = object[name];
  if (const auto* written = value.as<std::string>()) {
    TMC_ASSIGN(value, json::parse(*written));
  }
  float one = 0;
  if (read(value, one)) return std::vector<float>{one};
  if (value.is_null()) return no("number", name);
  return list<float>(value, "number or list of numbers", name);
}

}  // namespace tmc::frontend::xgboost
