// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Status and Result<T>: how host code reports failure. No module throws across its border.
//
// A Status is either ok or holds an Error, a message, and the three things that a user needs to mend it: the file, the
// node (or tensor) and the hint. Layers that know more add it on the way out: `return status.in_file(path)`. Empty
// fields are left out of the text. Values, cheap to move; thread-compatible.

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tmc/base/error.hpp"

namespace tmc {

class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error code, std::string message) : code_(code), message_(std::move(message)) {}

  static Status ok_status() { return {}; }
  bool ok() const { return code_ == Error::kOk; }
  Error code() const { return code_; }
  const std::string& message() const { return message_; }
  const std::string& file() const { return file_; }
  const std::string& node() const { return node_; }
  const std::string& hint() const { return hint_; }

  // Each sets its field where it is still empty: the innermost layer knows best.
  Status&& in_file(std::string_view file) && { return std::move(set(file_, file)); }
  Status&& at_node(std::string_view node) && { return std::move(set(node_, node)); }
  Status&& with_hint(std::string_view hint) && { return std::move(set(hint_, hint)); }

  // "model.onnx: node 'conv1': message\n  hint: ..."
  std::string text() const;

 private:
  Status& set(std::string& field, std::string_view value) {
    if (!ok() && field.empty()) field = value;
    return *this;
  }

  Error code_ = Error::kOk;
  std::string message_, file_, node_, hint_;
};

// Formats the message: error(Error::kMalformed, "tensor '{}' has rank {}", name, rank).
template <typename... Args>
Status error(Error code, fmt::format_string<Args...> format, Args&&... args) {
  return {code, fmt::format(format, std::forward<Args>(args)...)};
}

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}          // NOLINT(google-explicit-constructor)
  Result(Status status) : status_(std::move(status)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return value_.has_value(); }
  const Status& status() const& { return status_; }
  Status&& status() && { return std::move(status_); }
  T& value() & { return *value_; }
  const T& value() const& { return *value_; }
  T&& value() && { return *std::move(value_); }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }
  T& operator*() & { return *value_; }
  const T& operator*() const& { return *value_; }

 private:
  std::optional<T> value_;
  Status status_;
};

// "0x300" style codes are for machines; the exit code of a command follows from the group: 1 the answer is no, 2
// otherwise.
constexpr int exit_code(Error code) {
  if (code == Error::kOk) return 0;
  return (static_cast<int>(code) >> 8) == 1 ? 1 : 2;
}

}  // namespace tmc

#define TMC_CONCAT_INNER(a, b) a##b
#define TMC_CONCAT(a, b) TMC_CONCAT_INNER(a, b)

// Returns the status of `expression` from the enclosing function where it is not ok.
#define TMC_TRY(expression)                                          \
  do {                                                               \
    if (::tmc::Status tmc_status = (expression); !tmc_status.ok()) { \
      return tmc_status;                                             \
    }                                                                \
  } while (false)

// TMC_ASSIGN(auto value, function()): declares or assigns `value`, or returns the status.
#define TMC_ASSIGN(target, expression) TMC_ASSIGN_IMPL(TMC_CONCAT(tmc_result_, __LINE__), target, expression)
#define TMC_ASSIGN_IMPL(result, target, expression)    \
  auto result = (expression);                          \
  if (!result.ok()) return std::move(result).status(); \
  target = std::move(result).value()
