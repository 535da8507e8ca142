// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/losses.hpp"

#include <numeric>

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

// Along axis 1, which alone has an extent other than 1.
std::vector<int64_t> along_classes(int rank) {
  std::vector<int64_t> extents(static_cast<size_t>(rank), 1);
  extents[1] = -1;
  return extents;
}

// Which class of each is the one that counts: [n, classes, ...] of truth values.
Result<ValueId> chosen_classes(ImportContext& context, const Shape& shape) {
  TMC_ASSIGN(ValueId target, context.input(1));
  const DType dtype = context.type(target).dtype;
  if (dtype != DType::kI64 && dtype != DType::kI32) {
    return error(Error::kMalformed, "its classes are {}, no int32 or int64", dtype_name(dtype));
  }
  std::vector<int64_t> extents(shape.begin(), shape.end());
  extents[1] = 1;
  TMC_ASSIGN(target, context.append("_target", ops::Reshape{extents}, {target}));
  const Shape count = Shape::of(shape[1]);
  TMC_ASSIGN(ValueId classes, append_counted(context, "_classes", {dtype, count}));
  TMC_ASSIGN(classes, context.append("_column", ops::Reshape{along_classes(shape.rank())}, {classes}));
  TMC_ASSIGN(ValueId chosen, context.append("_chosen", ops::Equal{}, {target, classes}));
  if (!context.attributes().has("ignore_index")) return chosen;
  TMC_ASSIGN(const int64_t ignored, context.attributes().integer("ignore_index", 0));
  if (ignored < 0 || ignored >= shape[1]) return chosen;  // no class has that number
  std::vector<uint8_t> counts(static_cast<size_t>(shape[1]), 1);
  counts[static_cast<size_t>(ignored)] = 0;
  ValueId mask = context.graph().add_constant(context.output_name() + "_counts", {DType::kBool, count},
                                              ir::TensorData::of(std::span<const uint8_t>(counts)));
  TMC_ASSIGN(mask, context.append("_mask", ops::Reshape{along_classes(shape.rank())}, {mask}));
  return context.append("_counted", ops::LogicalAnd{}, {chosen, mask});
}

// The sum over these axes, the last first and each by itself: sums of sums lose less of their last places than one long
// sum does.
Result<ValueId> sum_over(ImportContext& context, const std::string& name, ValueId value,
                         const std::vector<int64_t>& axes) {
  for (auto axis = axes.rbegin(); axis != axes.rend(); ++axis) {
    TMC_ASSIGN(value, context.append(fmt::format("_{}{}", name, *axis), ops::ReduceSum{{*axis}, false}, {value}));
  }
  return value;
}

}  // namespace

Status finish_likelihood_loss(ImportContext& context, ValueId logs) {
  const Shape shape = context.type(logs).shape;
  if (shape.rank() < 2) return error(Error::kUnsupportedShape, "its input has rank {}", shape.rank());
  TMC_ASSIGN(const std::string reduction, context.attributes().text("reduction", "mean"));
  if (reduction != "none" && reduction != "sum" && reduction != "mean") {
    return error(Error::kMalformed, "its reduction is '{}'", reduction);
  }
  TMC_ASSIGN(const ValueId chosen, chosen_classes(context, shape));
  TMC_ASSIGN(ValueId weight, context.optional_input(2));
  ValueId weighted = logs;
  if (weight == ValueId::kNone) {
    weight = context.append_scalar("_one", 1);
  } else {
    TMC_ASSIGN(weight, context.append("_weight", ops::Reshape{along_classes(shape.rank())}, {weight}));
    TMC_ASSIGN(weighted, context.append("_weighted", ops::Mul{}, {logs, weight}));
  }
  const ValueId zero = context.append_scalar("_zero", 0);
  TMC_ASSIGN(const ValueId likelihoods, context.append("_likelihoods", ops::Where{}, {chosen, weighted, zero}));
  std::vector<int64_t> axes(static_cast<size_t>(shape.rank()));
  std::iota(axes.begin(), axes.end(), 0);
  if (reduction == "none") axes = {1};
  TMC_ASSIGN(const ValueId sum, sum_over(context, "sum", likelihoods, axes));
  if (reduction != "mean") return context.finish(ops::Neg{}, {sum});
  TMC_ASSIGN(const ValueId loss, context.append("_loss", ops::Neg{}, {sum}));
  TMC_ASSIGN(const ValueId shares, context.append("_shares", ops::Where{}, {chosen, weight, zero}));
  TMC_ASSIGN(const ValueId count, sum_over(context, "count", shares, axes));
  return context.finish(ops::Div{}, {loss, count});
}

}  // namespace tmc::frontend::onnx_format
