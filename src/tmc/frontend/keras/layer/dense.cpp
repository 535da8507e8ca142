// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/activation.hpp"
#include "tmc/frontend/keras/importers.hpp"
#include "tmc/frontend/keras/kernel.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::keras {
namespace {

using ir::ValueId;

constexpr int64_t kMostUnits = 1 << 24;

Status import_dense(LayerContext& context) {
  TMC_ASSIGN(const ValueId value, context.input());
  TMC_ASSIGN(const int64_t units, context.config().integer("units", 0));
  TMC_ASSIGN(const bool has_bias, context.config().truth("use_bias", true));
  if (context.config().has("quantization_config") || context.config().has("lora_rank")) {
    return error(Error::kUnsupportedOp, "its weights are quantised or adapted").with_hint("save the plain model");
  }
  if (units < 1 || units > kMostUnits || context.shape(value).rank() < 2) {
    return error(Error::kMalformed, "it has {} units of an input of rank {}", units, context.shape(value).rank());
  }
  const Shape shape = Shape::of(context.shape(value).back(), units);
  TMC_ASSIGN(const std::vector<float> kernel, context.weights().next(shape));
  const ValueId weights = context.constant("_kernel", Shape::of(units, shape[0]), permuted(kernel, shape, {1, 0}));
  ValueId bias = ValueId::kNone;
  if (has_bias) {
    TMC_ASSIGN(const std::vector<float> values, context.weights().next(Shape::of(units)));
    bias = context.constant("_bias", Shape::of(units), values);
  }
  TMC_ASSIGN(const ValueId result, context.append("_product", ops::FullyConnected{}, {value, weights, bias}));
  return finish_activated(context, result);
}

// Rows of a table at indices.
Status import_embedding(LayerContext& context) {
  TMC_ASSIGN(ValueId indices, context.input());
  TMC_ASSIGN(const int64_t rows, context.config().integer("input_dim", 0));
  TMC_ASSIGN(const int64_t columns, context.config().integer("output_dim", 0));
  TMC_ASSIGN(const bool masks, context.config().truth("mask_zero", false));
  if (masks) {
    return error(Error::kUnsupportedOp, "it masks zeros").with_hint("build it with mask_zero=False");
  }
  if (rows < 1 || rows > kMostUnits || columns < 1 || columns > kMostUnits) {
    return error(Error::kMalformed, "its table is [{}, {}]", rows, columns);
  }
  TMC_ASSIGN(const std::vector<float> table, context.weights().next(Shape::of(rows, columns)));
  if (dtype_is_float(context.type(indices).dtype)) {
    TMC_ASSIGN(indices, context.append("_indices", ops::Cast{DType::kI32}, {indices}));
  }
  return context.finish(ops::Lookup{0}, {context.constant("_embeddings", Shape::of(rows, columns), table), indices});
}

}  // namespace

std::span<const Importer> dense_layers() {
  static constexpr Importer kLayers[] = {{"Dense", import_dense}, {"Embedding", import_embedding}};
  return kLayers;
}

}  // namespace tmc::frontend::keras
