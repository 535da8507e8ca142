// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "tmc/frontend/onnx/import_context.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {

namespace {

// One float per channel.
Result<std::vector<float>> per_channel(ImportContext& context, size_t index, const char* what, int64_t channels) {
  TMC_ASSIGN(const Constant* constant, context.constant(index, what));
  const Constant wide = widened(*constant);
  if (wide.type.dtype == DType::kF32 && wide.type.shape == Shape::of(channels)) return wide.data.to_vector<float>();
  return error(Error::kUnsupportedType, "its {} is {} of {} elements, not float32 of {}", what,
               dtype_name(wide.type.dtype), wide.type.shape.elements(), channels);
}

// A factor and an addend per channel that are computed at run time, in the same order of operations.
Status normalize_at_run_time(ImportContext& context, ir::ValueId input, double epsilon) {
  Shape shape = Shape::of(context.type(input).shape[1]);
  for (int axis = 2; axis < context.type(input).shape.rank(); ++axis) shape.push_back(1);
  static constexpr const char* kNames[] = {"", "_scale", "_bias", "_mean", "_variance"};
  ir::ValueId operands[5];
  for (size_t i = 1; i < 5; ++i) {
    TMC_ASSIGN(operands[i], context.input(i));
    TMC_ASSIGN(operands[i], reshaped(context, kNames[i], operands[i], shape));
  }
  const auto& [unused, scale, bias, mean, variance] = operands;
  const ir::ValueId least = context.append_scalar("_epsilon", static_cast<float>(epsilon));
  TMC_ASSIGN(const ir::ValueId positive, context.append("_positive", ops::Add{}, {variance, least}));
  TMC_ASSIGN(const ir::ValueId deviation, context.append("_deviation", ops::Sqrt{}, {positive}));
  TMC_ASSIGN(const ir::ValueId factor, context.append("_factor", ops::Div{}, {scale, deviation}));
  TMC_ASSIGN(const ir::ValueId shift, context.append("_shift", ops::Mul{}, {mean, factor}));
  TMC_ASSIGN(const ir::ValueId addend, context.append("_addend", ops::Sub{}, {bias, shift}));
  TMC_ASSIGN(const ir::ValueId product, context.append("_product", ops::Mul{}, {input, factor}));
  return context.finish(ops::Add{}, {product, addend});
}

bool has_statistics_at_run_time(ImportContext& context) {
  for (size_t i = 1; i < 5; ++i) {
    if (context.is_at_run_time(i)) return true;
  }
  return false;
}

}  // namespace

// At inference a factor and an addend per channel, in ONNX Runtime's order of operations.
Status import_batch_normalization(ImportContext& context) {
  TMC_ASSIGN(const int64_t training, context.attributes().integer("training_mode", 0));
  TMC_ASSIGN(const int64_t spatial, context.attributes().integer("spatial", 1));
  if (context.has_output(1) || training != 0) return error(Error::kUnsupportedOp, "training is not supported");
  if (spatial == 0) return error(Error::kUnsupportedOp, "statistics for every element are not supported");
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const double epsilon, context.attributes().real("epsilon", 1e-5));
  const Shape& shape = context.type(input).shape;
  if (shape.rank() < 2) return error(Error::kUnsupportedShape, "its input has rank {}", shape.rank());
  if (has_statistics_at_run_time(context)) return normalize_at_run_time(context, input, epsilon);
  const int64_t channels = shape[1];
  TMC_ASSIGN(std::vector<float> factor, per_channel(context, 1, "scale", channels));
  TMC_ASSIGN(std::vector<float> addend, per_channel(context, 2, "bias", channels));
  TMC_ASSIGN(const std::vector<float> mean, per_channel(context, 3, "mean", channels));
  TMC_ASSIGN(const std::vector<float> variance, per_channel(context, 4, "variance", channels));
  for (size_t i = 0; i < factor.size(); ++i) {
    factor[i] /= std::sqrt(variance[i] + static_cast<float>(epsilon));
    addend[i] -= mean[i] * factor[i];
  }
  ops::TensorType type{DType::kF32, Shape::of(channels)};
  for (int axis = 2; axis < shape.rank(); ++axis) type.shape.push_back(1);
  ir::Graph& graph = context.graph();
  const ir::ValueId factors =
      graph.add_constant(context.output_name() + "_factor", type, ir::TensorData::of(std::span<const float>(factor)));
  const ir::ValueId addends =
      graph.add_constant(context.output_name() + "_addend", type, ir::TensorData::of(std::span<const float>(addend)));
  TMC_ASSIGN(const ir::ValueId product, context.append("_product", ops::Mul{}, {input, factors}));
  return context.finish(ops::Add{}, {product, addends});
}

}  // namespace tmc::frontend::onnx_format
