// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/unsupported_ops.hpp"

#include <fmt/ranges.h>

namespace tmc::frontend {

Status UnsupportedOps::status() const {
  if (nodes_.empty()) return {};
  std::string message = fmt::format(
      "{} not covered:", nodes_.size() == 1 ? "1 operator is" : fmt::format("{} operators are", nodes_.size()));
  for (const auto& [op, nodes] : nodes_) message += fmt::format("\n  {}: '{}'", op, fmt::join(nodes, "', '"));
  return Status(Error::kUnsupportedOp, std::move(message))
      .remedied_by("export the model without them, or add an importer (docs/adding-an-operator.md)");
}

}  // namespace tmc::frontend
