// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a Keras file says of a layer or a model: members of a JSON object, which are checked when they are read. A view;
// the JSON outlives it. kMalformed with the member's name where it has another type.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/host/json.hpp"

namespace tmc::frontend::keras {

class Config {
 public:
  Config();  // of nothing
  explicit Config(const json::Value& value) : value_(&value) {}

  const json::Value& json() const { return *value_; }
  // A member that is an object or an array; null where it is absent.
  Config at(std::string_view name) const { return Config((*value_)[name]); }
  bool has(std::string_view name) const { return !(*value_)[name].is_null(); }

  Result<std::string> text(std::string_view name, std::string_view otherwise) const;
  Result<bool> truth(std::string_view name, bool otherwise) const;
  // A number, or one in an array.
  Result<double> real(std::string_view name, double otherwise) const;
  Result<int64_t> integer(std::string_view name, int64_t otherwise) const;
  // One number, or an array of them; nulls are -1.
  Result<std::vector<int64_t>> integers(std::string_view name) const;
  // Numbers in arrays of any depth, in their order.
  Result<std::vector<float>> reals(std::string_view name) const;
  // The same of as many numbers; one stands for all. Each is from `least` to 65536.
  Result<std::vector<int64_t>> sizes(std::string_view name, size_t count, int64_t least) const;

 private:
  const json::Value* value_;
};

}  // namespace tmc::frontend::keras
