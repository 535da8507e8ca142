// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/batches.hpp"

#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::tflite {

Result<Blocks> read_blocks(ImportContext& context, const Shape& shape, const char* around) {
  TMC_ASSIGN(std::vector<int64_t> sizes, context.constant_ints(1, "block sizes"));
  TMC_ASSIGN(const std::vector<int64_t> pairs, context.constant_ints(2, around));
  return make_blocks(std::move(sizes), pairs, shape, around);
}

Result<ir::ValueId> moved(ImportContext& context, const BlockMove& move, const char* cut, const char* turned,
                          ir::ValueId id) {
  const Quantization quantization = context.quantization(id);
  TMC_ASSIGN(id, context.append(cut, ops::Reshape{move.cut}, {id}, quantization));
  return context.append(turned, ops::Transpose{move.perm}, {id}, quantization);
}

}  // namespace tmc::frontend::tflite
