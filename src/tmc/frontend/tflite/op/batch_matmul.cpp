// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <numeric>

#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::tflite {

Status import_batch_matmul(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::BatchMatMulOptions>());
  TMC_ASSIGN(ir::ValueId a, context.input(0));
  TMC_ASSIGN(const ir::ValueId b, context.input(1));
  const auto rank = static_cast<size_t>(context.type(a).shape.rank());
  if (options->adj_x() && rank >= 2) {
    std::vector<int64_t> perm(rank);
    std::iota(perm.begin(), perm.end(), 0);
    std::swap(perm[rank - 2], perm[rank - 1]);
    TMC_ASSIGN(a, context.append("_a", ops::Transpose{std::move(perm)}, {a}, context.quantization(a)));
  }
  return context.finish(ops::Matmul{.transpose_b = options->adj_y()}, {a, b});
}

}  // namespace tmc::frontend::tflite
