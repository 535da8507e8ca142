// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which kernels an executor links: each once, in the order of their labels, so that the same set gives the same bytes.

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/program/program.hpp"

namespace tmc::backend::executor {

class KernelSet {
 public:
  // The kernels of a program's steps. kUnsupportedOp where one is foreign code, which no executor links.
  Status add(const program::Program& program);
  // Those that stand in a text, one a line: an implementation by its label ("armv7em/conv2d_s8"), or a kernel
  // ("conv2d_s8") for all of its implementations that `isas` have, so that whatever a compilation chooses is there.
  // Empty lines and what follows a # mean nothing. kBadUsage for a name of neither.
  Status add_names(std::string_view text, std::span<const std::string> isas);

  // In the order of labels.
  std::vector<const kernels::ImplementationInfo*> kernels() const;

 private:
  Status add_name(const std::string& name, std::span<const std::string> isas);

  std::set<std::string> labels_;
};

}  // namespace tmc::backend::executor
