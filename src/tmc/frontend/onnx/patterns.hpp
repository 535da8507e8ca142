// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Importers that several operators share.

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// One operand; what the operator needs to know is in `op` already.
Status import_unary(ImportContext& context, ops::AnyOp op);
// Two operands that broadcast.
Status import_binary(ImportContext& context, ops::AnyOp op);
// The first input under another shape, which holds as many elements.
Status import_reshape_to(ImportContext& context, std::vector<int64_t> extents);
// The first input as it is; refuses where the node has a second output.
Status import_pass_through(ImportContext& context);

}  // namespace tmc::frontend::onnx_format
