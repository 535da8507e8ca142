// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which kernels an executor links: each once, in the order of their labels, so that the same set gives the same bytes.

#include <set>
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
  // Those whose labels ("armv7em/conv2d_s8") stand in a text, one a line; empty lines and what follows a # mean
  // nothing. kBadUsage for a label that no kernel has.
  Status add_labels(std::string_view text);

  // In the order of labels.
  std::vector<const kernels::ImplementationInfo*> kernels() const;

 private:
  std::set<std::string> labels_;
};

}  // namespace tmc::backend::executor
