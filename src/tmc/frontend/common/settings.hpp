// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a file says of a model, member by member. What is missing, of another type, or asks for what there is not is
// collected. An absent member and a null are the same.

#include <string>

#include "tmc/base/host/json.hpp"
#include "tmc/frontend/common/reasons.hpp"

namespace tmc::frontend {

class Settings {
 public:
  // `values` outlives it.
  explicit Settings(const json::Value& values) : values_(&values) {}

  const json::Value& operator[](const std::string& name) const { return (*values_)[name]; }
  bool has(const std::string& name) const { return !(*this)[name].is_null(); }
  int64_t integer(const std::string& name);
  int64_t integer(const std::string& name, int64_t otherwise);
  double real(const std::string& name, double otherwise);
  bool truth(const std::string& name, bool otherwise);
  std::string text(const std::string& name, const std::string& otherwise);

  // Refuses a member that is there with another value than the one that changes nothing.
  void want_null(const std::string& name);
  void want_truth(const std::string& name, bool value);
  void want_real(const std::string& name, double value);
  void refuse(const std::string& text) { unsupported_.add("{}", text); }

  // kMalformed for what is missing or of another type, else kUnsupportedOp for what is not supported.
  Status status() const;

 private:
  template <typename T>
  T read(const std::string& name, const char* wanted, T otherwise);

  const json::Value* values_;
  Reasons malformed_, unsupported_;
};

}  // namespace tmc::frontend
