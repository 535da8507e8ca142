// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The time that a token takes in this process.

#include <chrono>

namespace tmc::check {

class TokenClock {
 public:
  // Microseconds since it was made.
  double us() const { return std::chrono::duration<double, std::micro>(Clock::now() - begin_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point begin_ = Clock::now();
};

}  // namespace tmc::check
