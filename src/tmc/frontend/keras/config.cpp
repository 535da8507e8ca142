// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/config.hpp"

#include <cmath>
#include <optional>

namespace tmc::frontend::keras {
namespace {

constexpr int64_t kMostSize = 1 << 16;

Status of_wrong_type(std::string_view name, const char* wanted) {
  return error(Error::kMalformed, "its '{}' is no {}", name, wanted);
}

std::optional<double> number_of(const json::Value& value) {
  if (const auto* real = value.as<double>()) return *real;
  if (const auto* integer = value.as<int64_t>()) return static_cast<double>(*integer);
  if (const auto* integer = value.as<uint64_t>()) return static_cast<double>(*integer);
  return std::nullopt;
}

std::optional<int64_t> integer_of(const json::Value& value) {
  const std::optional<double> number = number_of(value);
  constexpr double kMost = 9.0e15;  // beyond, a double holds no integer for sure
  if (!number || std::fabs(*number) > kMost || *number != std::floor(*number)) return std::nullopt;
  return static_cast<int64_t>(*number);
}

bool append_reals_of(const json::Value& value, std::vector<float>& reals) {
  if (const auto number = number_of(value)) {
    reals.push_back(static_cast<float>(*number));
    return true;
  }
  const auto* elements = value.as<json::Value::Array>();
  if (elements == nullptr) return false;
  for (const json::Value& element : *elements) {
    if (!append_reals_of(element, reals)) return false;
  }
  return true;
}

}  // namespace

Config::Config() {
  static const json::Value kNothing;
  value_ = &kNothing;
}

Result<std::string> Config::text(std::string_view name, std::string_view otherwise) const {
  if (!has(name)) return std::string(otherwise);
  const auto* text = (*value_)[name].as<std::string>();
  return text != nullptr ? Result<std::string>(*text) : of_wrong_type(name, "text");
}

Result<bool> Config::truth(std::string_view name, bool otherwise) const {
  if (!has(name)) return otherwise;
  const auto* truth = (*value_)[name].as<bool>();
  return truth != nullptr ? Result<bool>(*truth) : of_wrong_type(name, "truth value");
}

Result<double> Config::real(std::string_view name, double otherwise) const {
  if (!has(name)) return otherwise;
  TMC_ASSIGN(const std::vector<float> all, reals(name));
  const auto exact = number_of((*value_)[name]);
  if (all.size() != 1) return of_wrong_type(name, "number");
  return exact.value_or(all.front());
}

Result<int64_t> Config::integer(std::string_view name, int64_t otherwise) const {
  if (!has(name)) return otherwise;
  TMC_ASSIGN(const std::vector<int64_t> all, integers(name));
  return all.size() == 1 ? Result<int64_t>(all.front()) : of_wrong_type(name, "integer");
}

Result<std::vector<int64_t>> Config::integers(std::string_view name) const {
  const json::Value& value = (*value_)[name];
  if (const auto one = integer_of(value)) return std::vector<int64_t>{*one};
  const auto* elements = value.as<json::Value::Array>();
  if (elements == nullptr) return of_wrong_type(name, "list of integers");
  std::vector<int64_t> all;
  for (const json::Value& element : *elements) {
    const auto integer = element.is_null() ? std::optional<int64_t>(-1) : integer_of(element);
    if (!integer) return of_wrong_type(name, "list of integers");
    all.push_back(*integer);
  }
  return all;
}

Result<std::vector<float>> Config::reals(std::string_view name) const {
  std::vector<float> all;
  return append_reals_of((*value_)[name], all) ? Result<std::vector<float>>(all)
                                               : of_wrong_type(name, "list of numbers");
}

Result<std::vector<int64_t>> Config::sizes(std::string_view name, size_t count, int64_t least) const {
  TMC_ASSIGN(std::vector<int64_t> all, integers(name));
  if (all.size() == 1) all.resize(count, all.front());
  if (all.size() != count) return error(Error::kMalformed, "its '{}' has {} numbers, not {}", name, all.size(), count);
  for (const int64_t size : all) {
    if (size < least || size > kMostSize) return error(Error::kMalformed, "its '{}' holds {}", name, size);
  }
  return all;
}

}  // namespace tmc::frontend::keras
