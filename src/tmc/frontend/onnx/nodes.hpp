// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The nodes of an ONNX graph: what they are called, and the order in which they run.

#include <onnx/onnx_pb.h>

#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/frontend/common/import_options.hpp"

namespace tmc::frontend::onnx_format {

// The file's name of the node, or one made of its operator and first output.
std::string node_name(const ::onnx::NodeProto& node, int index);

// The indices of the nodes with producers first. A Constant node that says again, with the same value, what is a
// constant already is left out with a warning; kMalformed for another value, and as execution_order says.
Result<std::vector<size_t>> nodes_in_order(const ::onnx::GraphProto& graph, const ImportOptions& options);

}  // namespace tmc::frontend::onnx_format
