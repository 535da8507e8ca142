// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/savedmodel/importers.hpp"

namespace tmc::frontend::savedmodel {
namespace {

using Tensors = NodeContext::Tensors;

constexpr int64_t kMostExtent = int64_t{1} << 31;

// Integers that a graph works its shapes out of, reduced to one; none where they are others.
Result<std::optional<int64_t>> known_result(NodeContext& context, const std::string& op, const std::string& tensor) {
  const auto values = context.known(tensor);
  TMC_ASSIGN(const ops::TensorType type, context.type_of(tensor));
  if (!values || values->empty() || type.dtype == DType::kBool || type.shape.rank() != 1) {
    return std::optional<int64_t>();
  }
  if (op == "Max") return std::optional(*std::ranges::max_element(*values));
  if (op == "Min") return std::optional(*std::ranges::min_element(*values));
  if (op != "Prod" && op != "Sum") return std::optional<int64_t>();
  int64_t result = op == "Prod" ? 1 : 0;
  for (const int64_t value : *values) {
    if (value < 0 || value > kMostExtent) return std::optional<int64_t>();
    result = op == "Prod" ? result * value : result + value;
    if (result > kMostExtent) return std::optional<int64_t>();
  }
  return std::optional(result);
}

// `onnx` is the operator that reduces.
Status reduce(NodeContext& context, const std::string& onnx) {
  TMC_ASSIGN(const std::string tensor, context.input(0));
  TMC_ASSIGN(const bool keeps, context.truth("keep_dims", false));
  TMC_ASSIGN(const std::vector<int64_t> along, context.constant_ints(1, "axes"));
  TMC_ASSIGN(const ops::TensorType type, context.type_of(tensor));
  TMC_ASSIGN(const auto known, known_result(context, context.op(), tensor));
  if (known && along.size() == 1) {
    TMC_ASSIGN(const std::string scalar, context.append_scalar(static_cast<double>(*known), type.dtype));
    if (!keeps) return context.finish_as(scalar);
    TMC_ASSIGN(const std::string vector, context.reshaped(scalar, {1}));
    return context.finish_as(vector);
  }
  TMC_ASSIGN(const std::string axes, context.append_integers(along));
  const int64_t keeps_extents = keeps ? 1 : 0;
  return context.finish(onnx, {tensor, axes}, {{"keepdims", keeps_extents}, {"noop_with_empty_axes", int64_t{1}}});
}

Status import_max(NodeContext& context) {
  return reduce(context, "ReduceMax");
}
Status import_min(NodeContext& context) {
  return reduce(context, "ReduceMin");
}
Status import_mean(NodeContext& context) {
  return reduce(context, "ReduceMean");
}
Status import_prod(NodeContext& context) {
  return reduce(context, "ReduceProd");
}
Status import_sum(NodeContext& context) {
  return reduce(context, "ReduceSum");
}
Status import_norm(NodeContext& context) {
  return reduce(context, "ReduceL2");
}

// Of truth values, as integers.
Status reduce_truths(NodeContext& context, const std::string& onnx) {
  TMC_ASSIGN(const std::string tensor, context.input(0));
  TMC_ASSIGN(const bool keeps, context.truth("keep_dims", false));
  TMC_ASSIGN(const std::vector<int64_t> along, context.constant_ints(1, "axes"));
  TMC_ASSIGN(const std::string axes, context.append_integers(along));
  TMC_ASSIGN(const std::string integers, context.as_dtype(tensor, DType::kI32));
  const int64_t keeps_extents = keeps ? 1 : 0;
  TMC_ASSIGN(
      const std::string reduced,
      context.append(onnx, {integers, axes}, {{"keepdims", keeps_extents}, {"noop_with_empty_axes", int64_t{1}}}));
  return context.finish("Cast", {reduced}, {{"to", DType::kBool}});
}
Status import_all(NodeContext& context) {
  return reduce_truths(context, "ReduceMin");
}
Status import_any(NodeContext& context) {
  return reduce_truths(context, "ReduceMax");
}

Status import_place(NodeContext& context) {
  TMC_ASSIGN(const std::string tensor, context.input(0));
  TMC_ASSIGN(const Shape shape, context.shape(0));
  TMC_ASSIGN(const int axis, context.constant_axis(1, shape.rank()));
  TMC_ASSIGN(const DType dtype, context.dtype("output_type", DType::kI64));
  TMC_ASSIGN(const std::string place,
             context.append(context.op(), {tensor}, {{"axis", int64_t{axis}}, {"keepdims", int64_t{0}}}));
  TMC_ASSIGN(const std::string cast, context.as_dtype(place, dtype));
  return context.finish_as(cast);
}

Status import_cumsum(NodeContext& context) {
  TMC_ASSIGN(Tensors operands, context.tensors());
  TMC_ASSIGN(const bool exclusive, context.truth("exclusive", false));
  TMC_ASSIGN(const bool reverse, context.truth("reverse", false));
  const int64_t excludes = exclusive ? 1 : 0, reverses = reverse ? 1 : 0;
  return context.finish("CumSum", std::move(operands), {{"exclusive", excludes}, {"reverse", reverses}});
}

Status import_top_k(NodeContext& context) {
  TMC_ASSIGN(const std::string tensor, context.input(0));
  TMC_ASSIGN(const int64_t k, context.constant_int(1, "k"));
  TMC_ASSIGN(const DType dtype, context.dtype("index_type", DType::kI32));
  TMC_ASSIGN(const std::string count, context.append_integers({k}));
  TMC_ASSIGN(const Tensors both, context.append_many(2, "TopK", {tensor, count}));
  TMC_TRY(context.finish_as(both[0]));
  TMC_ASSIGN(const std::string indices, context.as_dtype(both[1], dtype));
  return context.finish_as(indices);
}

}  // namespace

std::span<const Importer> reductions_operators() {
  static constexpr Importer kOperators[] = {
      {"All", import_all},      {"Any", import_any},       {"ArgMax", import_place},
      {"ArgMin", import_place}, {"Cumsum", import_cumsum}, {"EuclideanNorm", import_norm},
      {"Max", import_max},      {"Mean", import_mean},     {"Min", import_min},
      {"Prod", import_prod},    {"Sum", import_sum},       {"TopKV2", import_top_k, nullptr, "values,indices"},
  };
  return kOperators;
}

}  // namespace tmc::frontend::savedmodel
