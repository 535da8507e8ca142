// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/weights.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// A factor that is not 1 becomes a product, which folds into constants.
Result<ir::ValueId> scaled(ImportContext& context, ir::ValueId id, double factor, const std::string& suffix) {
  if (factor == 1) return id;
  const ir::ValueId scalar = context.append_scalar(suffix, static_cast<float>(factor));
  return context.append(suffix + "_scaled", ops::Mul{}, {id, scalar});
}

// Whether `c` is one number per column of the product and known beforehand.
bool is_bias(const ir::Graph& graph, ir::ValueId c, int64_t columns) {
  const Shape& shape = graph.value(c).type.shape;
  return shape.rank() >= 1 && shape.back() == columns && shape.elements() == columns && is_weights(graph, c);
}

}  // namespace

// alpha * A * B + beta * C, with A and B transposed on demand.
Status import_gemm(ImportContext& context) {
  const Attributes attributes = context.attributes();
  TMC_ASSIGN(const double alpha, attributes.real("alpha", 1));
  TMC_ASSIGN(const double beta, attributes.real("beta", 1));
  TMC_ASSIGN(const int64_t transpose_a, attributes.integer("transA", 0));
  TMC_ASSIGN(const int64_t transpose_b, attributes.integer("transB", 0));
  TMC_ASSIGN(ir::ValueId a, context.input(0));
  TMC_ASSIGN(ir::ValueId b, context.input(1));
  TMC_ASSIGN(ir::ValueId c, context.optional_input(2));
  if (context.type(a).shape.rank() != 2 || context.type(b).shape.rank() != 2) {
    return error(Error::kMalformed, "its factors are no matrices");
  }
  const int64_t columns = context.type(b).shape[transpose_b != 0 ? 0 : 1];
  if (beta == 0) c = ir::ValueId::kNone;
  if (transpose_a != 0) {
    TMC_ASSIGN(a, context.append("_a", ops::Transpose{{1, 0}}, {a}));
  }
  const bool is_layer = is_weights(context.graph(), b);
  if (is_layer && transpose_b == 0) {
    TMC_ASSIGN(b, transposed_weights(context, b, {1, 0}));
  }
  TMC_ASSIGN(b, scaled(context, b, alpha, "_alpha"));
  const bool fused = is_layer && c != ir::ValueId::kNone && is_bias(context.graph(), c, columns);
  if (fused) {
    TMC_ASSIGN(c, flat_bias(context, c));
  }
  if (c != ir::ValueId::kNone) {
    TMC_ASSIGN(c, scaled(context, c, beta, "_beta"));
  }
  const ops::AnyOp product =
      is_layer ? ops::AnyOp(ops::FullyConnected{}) : ops::AnyOp(ops::Matmul{.transpose_b = transpose_b != 0});
  if (fused) return context.finish(product, {a, b, c});
  if (c == ir::ValueId::kNone) return context.finish(product, {a, b});
  TMC_ASSIGN(const ir::ValueId sum, context.append("_product", product, {a, b}));
  return context.finish(ops::Add{}, {sum, c});
}

}  // namespace tmc::frontend::onnx_format
