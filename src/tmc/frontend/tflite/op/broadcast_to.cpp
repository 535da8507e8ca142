// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/patterns.hpp"
#include "tmc/ops/op/expand.hpp"

namespace tmc::frontend::tflite {

Status import_broadcast_to(ImportContext& context) {
  TMC_ASSIGN(std::vector<int64_t> extents, context.constant_ints(1, "shape"));
  return import_unary(context, ops::Expand{std::move(extents)});
}

}  // namespace tmc::frontend::tflite
