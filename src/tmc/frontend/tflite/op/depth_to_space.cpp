// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/depth_to_space.hpp"
#include "tmc/frontend/tflite/patterns.hpp"

namespace tmc::frontend::tflite {

Status import_depth_to_space(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::DepthToSpaceOptions>());
  return import_unary(context, ops::DepthToSpace{.block = options->block_size()});
}

}  // namespace tmc::frontend::tflite
