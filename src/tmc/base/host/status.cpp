// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/status.hpp"

namespace tmc {

std::string Status::text() const {
  if (ok()) return "ok";
  std::string out;
  if (!file_.empty()) out += file_ + ": ";
  if (!node_.empty()) out += fmt::format("node '{}': ", node_);
  out += message_;
  if (!hint_.empty()) out += "\n  hint: " + hint_;
  return out;
}

}  // namespace tmc
