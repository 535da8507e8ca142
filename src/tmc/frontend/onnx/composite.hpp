// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The importer of operators that are composites (composite/composite.hpp).

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// The node at hand is a composite of its opset; kUnsupportedOp where only newer opsets have it.
Status import_composite(ImportContext& context);

}  // namespace tmc::frontend::onnx_format
