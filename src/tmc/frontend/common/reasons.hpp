// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Why a file is refused: all that is wrong with it in one error, the first reasons in full. A value.

#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::frontend {

class Reasons {
 public:
  template <typename... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    if (count_++ < kMostShown) texts_.push_back(fmt::format(format, std::forward<Args>(args)...));
  }
  void add(const Status& status) {
    if (!status.ok()) add("{}", status.message());
  }
  bool empty() const { return count_ == 0; }
  // Ok where there is none.
  Status status(Error code) const;

  static constexpr size_t kMostShown = 12;

 private:
  size_t count_ = 0;
  std::vector<std::string> texts_;
};

}  // namespace tmc::frontend
