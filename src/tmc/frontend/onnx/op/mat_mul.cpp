// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/frontend/onnx/weights.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// A vector is a matrix of one row in front, and of one column behind; the product is without that axis.
Status multiply_vectors(ImportContext& context, ir::ValueId a, ir::ValueId b) {
  const Shape from = context.type(a).shape, to = context.type(b).shape;
  if (from.rank() == 1) {
    TMC_ASSIGN(a, reshaped(context, "_row", a, Shape::of(1, from[0])));
  }
  if (to.rank() == 1) {
    TMC_ASSIGN(b, reshaped(context, "_column", b, Shape::of(to[0], 1)));
  }
  TMC_ASSIGN(const ir::ValueId product, context.append("_product", ops::Matmul{}, {a, b}));
  const Shape shape = context.type(product).shape;
  std::vector<int64_t> extents(shape.begin(), shape.end());
  if (to.rank() == 1) extents.pop_back();
  if (from.rank() == 1) extents.erase(extents.end() - (to.rank() == 1 ? 1 : 2));
  return context.finish(ops::Reshape{extents}, {product});
}

}  // namespace

Status import_mat_mul(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId a, context.input(0));
  TMC_ASSIGN(const ir::ValueId b, context.input(1));
  const int rank_of_a = context.type(a).shape.rank(), rank_of_b = context.type(b).shape.rank();
  if (rank_of_a > 0 && rank_of_b > 0 && (rank_of_a == 1 || rank_of_b == 1)) return multiply_vectors(context, a, b);
  if (context.type(b).shape.rank() != 2 || !is_weights(context.graph(), b)) {
    return context.finish(ops::Matmul{}, {a, b});
  }
  TMC_ASSIGN(const ir::ValueId weights, transposed_weights(context, b, {1, 0}));
  return context.finish(ops::FullyConnected{}, {a, weights});
}

}  // namespace tmc::frontend::onnx_format
