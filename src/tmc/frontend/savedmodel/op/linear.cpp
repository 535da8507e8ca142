// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <numeric>

#include "tmc/frontend/savedmodel/importers.hpp"
#include "tmc/ops/op/fully_connected.hpp"

namespace tmc::frontend::savedmodel {
namespace {

// An operand of a product, its last two axes exchanged where that is asked for.
Result<std::string> operand(NodeContext& context, size_t index, bool is_transposed) {
  TMC_ASSIGN(const std::string name, context.input(index));
  TMC_ASSIGN(const Shape shape, context.shape(index));
  if (shape.rank() < 2) return error(Error::kMalformed, "operand {} is no matrix: it has rank {}", index, shape.rank());
  std::vector<int64_t> perm(static_cast<size_t>(shape.rank()));
  std::iota(perm.begin(), perm.end(), 0);
  if (is_transposed) std::swap(perm[perm.size() - 1], perm[perm.size() - 2]);
  return context.transposed(name, std::move(perm));
}

// One with constant weights is a layer, whose weights lie by output.
Status product(NodeContext& context, const char* first, const char* second) {
  TMC_ASSIGN(const bool a_transposed, context.truth(first, false));
  TMC_ASSIGN(const bool b_transposed, context.truth(second, false));
  TMC_ASSIGN(const std::string a, operand(context, 0, a_transposed));
  TMC_ASSIGN(const std::string weights, context.input(1));
  TMC_ASSIGN(const ops::TensorType type, context.type_of(weights));
  const bool is_layer = type.dtype == DType::kF32 && type.shape.rank() == 2;
  if (is_layer && context.steps().constant(weights) != nullptr) {
    TMC_ASSIGN(const std::string by_output, operand(context, 1, !b_transposed));
    return context.finish_node(ops::FullyConnected{}, {a, by_output});
  }
  TMC_ASSIGN(const std::string b, operand(context, 1, b_transposed));
  return context.finish("MatMul", {a, b});
}

Status import_mat_mul(NodeContext& context) {
  return product(context, "transpose_a", "transpose_b");
}

Status import_batch_mat_mul(NodeContext& context) {
  return product(context, "adj_x", "adj_y");
}

Status import_einsum(NodeContext& context) {
  TMC_ASSIGN(const std::string equation, context.text("equation", ""));
  TMC_ASSIGN(NodeContext::Tensors operands, context.tensors());
  return context.finish("Einsum", std::move(operands), {{"equation", equation}});
}

}  // namespace

std::span<const Importer> linear_operators() {
  static constexpr Importer kOperators[] = {
      {"BatchMatMul", import_batch_mat_mul},
      {"BatchMatMulV2", import_batch_mat_mul},
      {"BatchMatMulV3", import_batch_mat_mul},
      {"Einsum", import_einsum},
      {"MatMul", import_mat_mul},
  };
  return kOperators;
}

}  // namespace tmc::frontend::savedmodel
