// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How a Status leaves the extension: as tinymlc.Error, with its code, file, node and hint.

#include <exception>
#include <utility>

#include "bindings.hpp"
#include "tmc/base/host/status.hpp"

namespace tmc::python {

class StatusError : public std::exception {
 public:
  explicit StatusError(Status status) : status_(std::move(status)) {}
  const Status& status() const { return status_; }
  const char* what() const noexcept override { return status_.message().c_str(); }

 private:
  Status status_;
};

// Throw where it is not ok.
inline void check(Status status) {
  if (!status.ok()) throw StatusError(std::move(status));
}
template <typename T>
T checked(Result<T> result) {
  if (!result.ok()) throw StatusError(std::move(result).status());
  return std::move(result).value();
}

}  // namespace tmc::python
