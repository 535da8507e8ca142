// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "tmc/frontend/keras/importers.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/layer_norm.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::keras {
namespace {

using ir::ValueId;

// A weight of the layer, or ones or zeros where it has none of that kind.
Result<std::vector<float>> weight_if(LayerContext& context, const char* member, float otherwise, const Shape& shape) {
  TMC_ASSIGN(const bool has_it, context.config().truth(member, true));
  if (has_it) return context.weights().next(shape);
  return std::vector<float>(static_cast<size_t>(shape.elements()), otherwise);
}

// The one axis that the configuration names, from the front.
Result<int> one_axis(LayerContext& context, ValueId value) {
  TMC_ASSIGN(const int64_t axis, context.config().integer("axis", -1));
  return ops::normalize_axis(axis, context.shape(value).rank());
}

// A vector along that axis.
Shape along(int axis, int64_t extent, int rank) {
  Shape shape;
  for (int i = axis; i < rank; ++i) shape.push_back(i == axis ? extent : 1);
  return shape;
}

// value * factor + addend
Status finish_line(LayerContext& context, ValueId value, const Shape& shape, const std::vector<float>& factor,
                   const std::vector<float>& addend) {
  const ValueId factors = context.constant("_factor", shape, factor);
  const ValueId addends = context.constant("_addend", shape, addend);
  TMC_ASSIGN(const ValueId product, context.append("_product", ops::Mul{}, {value, factors}));
  return context.finish(ops::Add{}, {product, addends});
}

Status import_batch_normalization(LayerContext& context) {
  TMC_ASSIGN(const ValueId value, context.input());
  TMC_ASSIGN(const int axis, one_axis(context, value));
  TMC_ASSIGN(const double epsilon, context.config().real("epsilon", 1e-3));
  const int64_t channels = context.shape(value)[axis];
  const Shape shape = Shape::of(channels);
  TMC_ASSIGN(std::vector<float> factor, weight_if(context, "scale", 1, shape));
  TMC_ASSIGN(std::vector<float> addend, weight_if(context, "center", 0, shape));
  TMC_ASSIGN(const std::vector<float> mean, context.weights().next(shape));
  TMC_ASSIGN(const std::vector<float> variance, context.weights().next(shape));
  for (size_t i = 0; i < factor.size(); ++i) {
    const double slope = factor[i] / std::sqrt(variance[i] + epsilon);
    addend[i] = static_cast<float>(addend[i] - mean[i] * slope);
    factor[i] = static_cast<float>(slope);
  }
  return finish_line(context, value, along(axis, channels, context.shape(value).rank()), factor, addend);
}

// Over the axes from one on to the last.
Status import_layer_normalization(LayerContext& context) {
  TMC_ASSIGN(const ValueId value, context.input());
  TMC_ASSIGN(const double epsilon, context.config().real("epsilon", 1e-3));
  TMC_ASSIGN(const bool only_scales, context.config().truth("rms_scaling", false));
  if (only_scales) return error(Error::kUnsupportedOp, "it scales by the root mean square alone");
  const Shape input = context.shape(value);
  std::vector<int64_t> axes = {-1};
  if (context.config().has("axis")) {
    TMC_ASSIGN(axes, context.config().integers("axis"));
  }
  Shape shape;
  for (int64_t& axis : axes) {
    TMC_ASSIGN(axis, ops::normalize_axis(axis, input.rank()));
  }
  if (axes.empty()) return error(Error::kMalformed, "it has no axes");
  for (size_t i = 0; i < axes.size(); ++i) {
    if (axes[i] != input.rank() - std::ssize(axes) + static_cast<int64_t>(i)) {
      return error(Error::kUnsupportedOp, "its axes are not the last ones");
    }
    shape.push_back(input[static_cast<int>(axes[i])]);
  }
  TMC_ASSIGN(const std::vector<float> gamma, weight_if(context, "scale", 1, shape));
  TMC_ASSIGN(const std::vector<float> beta, weight_if(context, "center", 0, shape));
  const ValueId factors = context.constant("_factor", shape, gamma);
  const ValueId addends = context.constant("_addend", shape, beta);
  return context.finish(ops::LayerNorm{.axis = static_cast<int32_t>(axes.front()), .epsilon = epsilon},
                        {value, factors, addends});
}

// Means and variances that the layer was adapted to, or was given.
Status import_normalization(LayerContext& context) {
  TMC_ASSIGN(const ValueId value, context.input());
  TMC_ASSIGN(const bool inverts, context.config().truth("invert", false));
  if (inverts) return error(Error::kUnsupportedOp, "it inverts the normalisation");
  const Shape input = context.shape(value);
  Shape shape;
  if (context.config().has("axis")) {
    TMC_ASSIGN(const std::vector<int64_t> axes, context.config().integers("axis"));
    TMC_ASSIGN(const int axis, ops::normalize_axis(axes.empty() ? -1 : axes.front(), input.rank()));
    if (axes.size() != 1) return error(Error::kUnsupportedOp, "it has {} axes", axes.size());
    shape = along(axis, input[axis], input.rank());
  }
  const auto elements = static_cast<size_t>(shape.elements());
  std::vector<float> mean, variance;
  if (context.config().has("mean")) {
    TMC_ASSIGN(mean, context.config().reals("mean"));
    TMC_ASSIGN(variance, context.config().reals("variance"));
    if (mean.size() == 1) mean.resize(elements, mean.front());
    if (variance.size() == 1) variance.resize(elements, variance.front());
  } else {
    const Shape stored = shape.rank() == 0 ? Shape() : Shape::of(shape.elements());
    TMC_ASSIGN(mean, context.weights().next(stored));
    TMC_ASSIGN(variance, context.weights().next(stored));
  }
  if (mean.size() != elements || variance.size() != elements) {
    return error(Error::kMalformed, "it has {} means and {} variances of {} elements", mean.size(), variance.size(),
                 elements);
  }
  constexpr float kLeast = 1e-7F;  // Keras's epsilon
  for (size_t i = 0; i < elements; ++i) variance[i] = std::max(std::sqrt(variance[i]), kLeast);
  TMC_ASSIGN(const ValueId centred,
             context.append("_centred", ops::Sub{}, {value, context.constant("_mean", shape, mean)}));
  return context.finish(ops::Div{}, {centred, context.constant("_deviation", shape, variance)});
}

Status import_rescaling(LayerContext& context) {
  TMC_ASSIGN(const ValueId value, context.input());
  TMC_ASSIGN(std::vector<float> scale, context.config().reals("scale"));
  std::vector<float> offset = {0};
  if (context.config().has("offset")) {
    TMC_ASSIGN(offset, context.config().reals("offset"));
  }
  const size_t channels = std::max(scale.size(), offset.size());
  if (scale.size() == 1) scale.resize(channels, scale.front());
  if (offset.size() == 1) offset.resize(channels, offset.front());
  if (channels == 0 || scale.size() != offset.size()) return error(Error::kMalformed, "its scales and offsets differ");
  const Shape shape = channels == 1 ? Shape() : Shape::of(static_cast<int64_t>(channels));
  return finish_line(context, value, shape, scale, offset);
}

}  // namespace

std::span<const Importer> normalization_layers() {
  static constexpr Importer kLayers[] = {{"BatchNormalization", import_batch_normalization},
                                         {"SyncBatchNormalization", import_batch_normalization},
                                         {"LayerNormalization", import_layer_normalization},
                                         {"Normalization", import_normalization},
                                         {"Rescaling", import_rescaling}};
  return kLayers;
}

}  // namespace tmc::frontend::keras
