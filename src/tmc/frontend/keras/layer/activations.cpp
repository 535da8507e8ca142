// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>

#include "tmc/frontend/keras/activation.hpp"
#include "tmc/frontend/keras/importers.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/clip.hpp"
#include "tmc/ops/op/softmax.hpp"

namespace tmc::frontend::keras {
namespace {

using ir::ValueId;

Status import_activation(LayerContext& context) {
  TMC_ASSIGN(const ValueId value, context.input());
  return finish_activated(context, value);
}

Status import_softmax_layer(LayerContext& context) {
  TMC_ASSIGN(const ValueId value, context.input());
  TMC_ASSIGN(const int64_t axis, context.config().integer("axis", -1));
  return context.finish(ops::Softmax{.axis = static_cast<int32_t>(axis)}, {value});
}

// Slopes and limits; a threshold makes another function of it.
Status import_relu_layer(LayerContext& context) {
  TMC_ASSIGN(const ValueId value, context.input());
  TMC_ASSIGN(const double slope, context.config().real("negative_slope", 0));
  TMC_ASSIGN(const double threshold, context.config().real("threshold", 0));
  constexpr double kNone = std::numeric_limits<double>::infinity();
  TMC_ASSIGN(const double most, context.config().real("max_value", kNone));
  if (threshold != 0) return error(Error::kUnsupportedOp, "it has the threshold {}", threshold);
  if (slope == 0 && most == kNone) return context.finish(ops::Relu{}, {value});
  if (slope == 0) return context.finish(ops::Clip{.min = 0, .max = most}, {value});
  ops::LeakyRelu op;
  op.attributes = {slope};
  if (most == kNone) return context.finish(op, {value});
  TMC_ASSIGN(const ValueId bent, context.append("_bent", op, {value}));
  return context.finish(ops::Min{}, {bent, context.scalar("_most", most)});
}

Status import_leaky_relu_layer(LayerContext& context) {
  TMC_ASSIGN(const ValueId value, context.input());
  TMC_ASSIGN(const double alpha, context.config().real("alpha", 0.3));
  ops::LeakyRelu op;
  TMC_ASSIGN(op.attributes[0], context.config().real("negative_slope", alpha));
  return context.finish(op, {value});
}

Status import_elu_layer(LayerContext& context) {
  TMC_ASSIGN(const ValueId value, context.input());
  ops::Elu op;
  TMC_ASSIGN(op.attributes[0], context.config().real("alpha", 1));
  return context.finish(op, {value});
}

// relu(x) - alpha * relu(-x)
Status import_prelu_layer(LayerContext& context) {
  TMC_ASSIGN(const ValueId value, context.input());
  Shape shape = context.shape(value);
  shape[0] = 1;
  if (context.config().has("shared_axes")) {
    TMC_ASSIGN(const std::vector<int64_t> shared, context.config().integers("shared_axes"));
    for (const int64_t axis : shared) {
      if (axis < 1 || axis >= shape.rank()) return error(Error::kMalformed, "it shares axis {}", axis);
      shape[static_cast<int>(axis)] = 1;
    }
  }
  Shape stored;
  for (int axis = 1; axis < shape.rank(); ++axis) stored.push_back(shape[axis]);
  TMC_ASSIGN(const std::vector<float> alphas, context.weights().next(stored));
  TMC_ASSIGN(const ValueId positive, context.append("_positive", ops::Relu{}, {value}));
  TMC_ASSIGN(const ValueId turned, context.append("_turned", ops::Neg{}, {value}));
  TMC_ASSIGN(const ValueId negative, context.append("_negative", ops::Relu{}, {turned}));
  TMC_ASSIGN(const ValueId scaled,
             context.append("_scaled", ops::Mul{}, {negative, context.constant("_alpha", shape, alphas)}));
  return context.finish(ops::Sub{}, {positive, scaled});
}

}  // namespace

std::span<const Importer> activations_layers() {
  static constexpr Importer kLayers[] = {{"Activation", import_activation}, {"Softmax", import_softmax_layer},
                                         {"ReLU", import_relu_layer},       {"LeakyReLU", import_leaky_relu_layer},
                                         {"ELU", import_elu_layer},         {"PReLU", import_prelu_layer}};
  return kLayers;
}

}  // namespace tmc::frontend::keras
