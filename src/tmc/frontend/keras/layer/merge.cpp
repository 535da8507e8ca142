// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/importers.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::keras {
namespace {

using ir::ValueId;

// From the left.
template <typename Op>
Result<ValueId> joined(LayerContext& context) {
  const std::vector<ValueId>& inputs = context.inputs();
  if (inputs.size() < 2) return error(Error::kUnsupportedOp, "it joins {} tensors", inputs.size());
  const int rank = context.shape(inputs[0]).rank();
  ValueId result = inputs[0];
  for (size_t i = 1; i < inputs.size(); ++i) {
    if (context.shape(inputs[i]).rank() != rank) return error(Error::kUnsupportedShape, "its inputs differ in rank");
    TMC_ASSIGN(result, context.append("_joined" + std::to_string(i), Op{}, {result, inputs[i]}));
  }
  return result;
}

template <typename Op>
Status import_joined(LayerContext& context) {
  TMC_ASSIGN(const ValueId result, joined<Op>(context));
  return context.finish_as(result);
}

Status import_subtract(LayerContext& context) {
  if (context.inputs().size() != 2) {
    return error(Error::kMalformed, "it subtracts {} tensors, not two", context.inputs().size());
  }
  return import_joined<ops::Sub>(context);
}

Status import_average(LayerContext& context) {
  TMC_ASSIGN(const ValueId sum, joined<ops::Add>(context));
  const double part = 1.0 / static_cast<double>(context.inputs().size());
  return context.finish(ops::Mul{}, {sum, context.scalar("_part", part)});
}

Status import_concatenate(LayerContext& context) {
  if (context.inputs().empty()) return error(Error::kMalformed, "it joins nothing");
  TMC_ASSIGN(const int64_t given, context.config().integer("axis", -1));
  TMC_ASSIGN(const int axis, ops::normalize_axis(given, context.shape(context.inputs()[0]).rank()));
  return context.finish(ops::Concat{axis}, context.inputs());
}

}  // namespace

std::span<const Importer> merge_layers() {
  static constexpr Importer kLayers[] = {{"Add", import_joined<ops::Add>},      {"Subtract", import_subtract},
                                         {"Multiply", import_joined<ops::Mul>}, {"Average", import_average},
                                         {"Maximum", import_joined<ops::Max>},  {"Minimum", import_joined<ops::Min>},
                                         {"Concatenate", import_concatenate}};
  return kLayers;
}

}  // namespace tmc::frontend::keras
