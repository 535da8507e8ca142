// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Nodes that `--custom` describes.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// `operators` may be null.
bool is_custom(const ::onnx::NodeProto& node, const custom::Operators* operators);
Status import_custom(ImportContext& context);

}  // namespace tmc::frontend::onnx_format
