// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "saved_model.pb.h"
#include "tmc/frontend/savedmodel/graph_import.hpp"
#include "tmc/frontend/savedmodel/types.hpp"

namespace tmc::frontend::savedmodel {
namespace {

Status import_const(NodeContext& context) {
  std::string& name = context.graph().constant_of(context.node());
  if (!name.empty()) return context.finish_as(name);
  const auto found = context.node().attr().find("value");
  if (found == context.node().attr().end() || !found->second.has_tensor()) {
    return error(Error::kMalformed, "it has no value");
  }
  TMC_ASSIGN(FileTensor constant, constant_of(found->second.tensor(), context.steps().budget()));
  name = context.graph().new_name(context.name());
  context.steps().add_constant(name, constant.type, std::move(constant.data));
  return context.finish_as(name);
}

Status import_var_handle(NodeContext& context) {
  context.finish_value({Value::Kind::kVariable, context.node().name()});
  return {};
}

Result<std::string> read_variable(NodeContext& context) {
  if (context.input_count() == 0 || context.inputs().front().kind != Value::Kind::kVariable) {
    return error(Error::kMalformed, "it reads what is no variable");
  }
  return context.graph().read_variable(context.inputs().front().name);
}

Status import_read_variable(NodeContext& context) {
  TMC_ASSIGN(const std::string variable, read_variable(context));
  return context.finish_as(variable);
}

Status import_variable(NodeContext& context) {
  TMC_ASSIGN(const std::string variable, context.graph().read_variable(context.node().name()));
  return context.finish_as(variable);
}

Status import_resource_gather(NodeContext& context) {
  TMC_ASSIGN(const int64_t batch_dims, context.integer("batch_dims", 0));
  if (batch_dims != 0) return error(Error::kUnsupportedOp, "it reads {} axes of batches together", batch_dims);
  TMC_ASSIGN(const std::string table, read_variable(context));
  TMC_ASSIGN(const std::string indices, context.input(1));
  return context.finish("Gather", {table, indices}, {{"axis", int64_t{0}}});
}

Status import_fill(NodeContext& context) {
  TMC_ASSIGN(const std::vector<int64_t> extents, context.constant_ints(0, "shape"));
  TMC_ASSIGN(const std::string value, context.input(1));
  TMC_ASSIGN(const std::string shape, context.append_integers(extents));
  return context.finish("Expand", {value, shape});
}

Status import_broadcast_to(NodeContext& context) {
  TMC_ASSIGN(const std::string value, context.input(0));
  TMC_ASSIGN(const std::vector<int64_t> extents, context.constant_ints(1, "shape"));
  TMC_ASSIGN(const std::string shape, context.append_integers(extents));
  return context.finish("Expand", {value, shape});
}

Status fill_like(NodeContext& context, double value) {
  TMC_ASSIGN(const std::string input, context.input(0));
  TMC_ASSIGN(const ops::TensorType type, context.type_of(input));
  TMC_ASSIGN(const std::string shape, context.append_integers({type.shape.begin(), type.shape.end()}));
  TMC_ASSIGN(const std::string scalar, context.append_scalar(value, type.dtype));
  return context.finish("Expand", {scalar, shape});
}
Status import_zeros_like(NodeContext& context) {
  return fill_like(context, 0);
}
Status import_ones_like(NodeContext& context) {
  return fill_like(context, 1);
}

Status import_shape(NodeContext& context) {
  TMC_ASSIGN(const DType dtype, context.dtype("out_type", DType::kI32));
  for (size_t i = 0; i < context.input_count(); ++i) {
    TMC_ASSIGN(const Shape shape, context.shape(i));
    TMC_ASSIGN(const std::string extents, context.append_integers({shape.begin(), shape.end()}, dtype));
    TMC_TRY(context.finish_as(extents));
  }
  return {};
}

Status import_size(NodeContext& context) {
  TMC_ASSIGN(const DType dtype, context.dtype("out_type", DType::kI32));
  TMC_ASSIGN(const Shape shape, context.shape(0));
  TMC_ASSIGN(const std::string size, context.append_scalar(static_cast<double>(shape.elements()), dtype));
  return context.finish_as(size);
}

Status import_rank(NodeContext& context) {
  TMC_ASSIGN(const Shape shape, context.shape(0));
  TMC_ASSIGN(const std::string rank, context.append_scalar(shape.rank(), DType::kI32));
  return context.finish_as(rank);
}

}  // namespace

std::span<const Importer> constants_operators() {
  static constexpr Importer kOperators[] = {
      {"BroadcastTo", import_broadcast_to},
      {"Const", import_const},
      {"Fill", import_fill},
      {"OnesLike", import_ones_like},
      {"Range", nullptr, "Range"},
      {"Rank", import_rank},
      {"ReadVariableOp", import_read_variable},
      {"ResourceGather", import_resource_gather},
      {"Shape", import_shape},
      {"ShapeN", import_shape},
      {"Size", import_size},
      {"VarHandleOp", import_var_handle},
      {"Variable", import_variable},
      {"VariableV2", import_variable},
      {"ZerosLike", import_zeros_like},
  };
  return kOperators;
}

}  // namespace tmc::frontend::savedmodel
