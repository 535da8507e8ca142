// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The user's function in this process: its adapter is compiled to a shared library by the host's C++ compiler, which is
// TINYMLC_CXX, or else c++, in a folder that is removed at once. The library stays for the life of the process. It runs
// with all that the process may do: the header is trusted as the compiler itself is.

#include <mutex>
#include <optional>

#include "tmc/kernels/host/foreign_code.hpp"

namespace tmc::custom {

class Operator;

class HostLibrary {
 public:
  // Compiles and loads it at the first call; thread-safe. kToolMissing where there is no compiler, kToolFailed with its
  // first error, in the header.
  Result<kernels::ForeignCode::Function> load(const Operator& op) const;

 private:
  mutable std::mutex mutex_;
  mutable std::optional<Result<kernels::ForeignCode::Function>> loaded_;
};

}  // namespace tmc::custom
