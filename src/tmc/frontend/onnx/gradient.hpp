// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Gradient of the domain ai.onnx.preview.training: derivatives of a tensor of the graph by others, in reverse, as nodes
// of ONNX that are imported where the node stands.

#include <string_view>

#include "tmc/frontend/onnx/importers.hpp"

namespace tmc::frontend::onnx_format {

// The importer of that operator, and of those that its nodes need besides ONNX's own; null for others.
const Importer* find_gradient_importer(std::string_view domain, std::string_view op_type);

}  // namespace tmc::frontend::onnx_format
