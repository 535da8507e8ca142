// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/space_to_depth.hpp"
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

Status import_space_to_depth(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::SpaceToDepthOptions>());
  return import_unary(context, ops::SpaceToDepth{.block = options->block_size()});
}

}  // namespace tmc::frontend::tflite
