// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Importers of operators that only move elements (ops/index_map.hpp).

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// What the operator makes of constants.
Result<Constant> moved_constant(ImportContext& context, const ops::AnyOp& op,
                                const std::vector<const Constant*>& operands);
// Output `index` is what the operator makes of these inputs; computed here where they are all constant, or where
// nothing comes out.
Status import_moved(ImportContext& context, size_t index, const ops::AnyOp& op, const std::vector<size_t>& operands);
// Output 0 from input 0.
Status import_moved(ImportContext& context, const ops::AnyOp& op);
// To the nearest elements every axis is read at constant indices; between elements it is a weighted sum of such
// (common/resample.hpp). Upsample is what Resize was called before opset 10.
Status import_resize(ImportContext& context);
// An operator of ours that is called as the node is (ops::IndexMapInfo::onnx).
Status import_index_map(ImportContext& context);

}  // namespace tmc::frontend::onnx_format
