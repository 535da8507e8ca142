// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/reasons.hpp"

namespace tmc::frontend {

Status Reasons::status(Error code) const {
  if (empty()) return {};
  if (count_ == 1) return {code, texts_.front()};
  std::string text = fmt::format("there are {} reasons against it:", count_);
  for (const std::string& one : texts_) text += "\n  " + one;
  if (count_ > texts_.size()) text += fmt::format("\n  and {} more", count_ - texts_.size());
  return {code, std::move(text)};
}

}  // namespace tmc::frontend
