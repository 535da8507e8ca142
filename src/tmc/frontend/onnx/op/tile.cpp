// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/tile.hpp"
#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

Status import_tile(ImportContext& context) {
  TMC_ASSIGN(std::vector<int64_t> repeats, context.constant_ints(1, "repeats"));
  return import_unary(context, ops::Tile{std::move(repeats)});
}

}  // namespace tmc::frontend::onnx_format
