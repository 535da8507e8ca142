// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which of the user's operators (`--custom`) a node of a file is: what the importers of all formats share.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tmc/custom/load.hpp"
#include "tmc/ir/graph.hpp"
#include "tmc/ops/op/custom.hpp"

namespace tmc::frontend {

// An attribute as the file has it.
struct FileAttribute {
  std::vector<double> numbers;
  bool is_real = false, is_list = false;
};
using FileAttributes = std::map<std::string, FileAttribute>;

// The first of the operators, which share their name in the format, whose description fits the inputs (kNone where one
// is absent), the number of outputs and the attributes. Where none does, kUnsupportedType with the reason of each.
Result<std::shared_ptr<const custom::Operator>> choose_custom(
    const std::vector<std::shared_ptr<const custom::Operator>>& candidates, const ir::Graph& graph,
    const std::vector<ir::ValueId>& inputs, size_t output_count, const FileAttributes& attributes, ops::Custom& node);

}  // namespace tmc::frontend
