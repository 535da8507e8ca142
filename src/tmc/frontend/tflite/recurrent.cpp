// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/recurrent.hpp"

#include <fmt/ranges.h>

#include "tmc/base/host/element.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/clip.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::tflite {
namespace {

using ir::ValueId;

Status check_part(const FileTensor& part, DType dtype, DType expected, bool as_stored) {
  const bool is_symmetric = part.quantization.empty() || part.quantization.zero_point() == 0;
  const bool fits = dtype == expected && part.type.shape.rank() > 0 && !part.quantization.per_axis();
  if (fits && is_symmetric && (!as_stored || !part.quantization.empty())) return {};
  return error(Error::kUnsupportedType,
               "the weights of its gates are not alike, or not of one scale without zero point");
}

bool go_together(const Shape& a, const Shape& b) {
  if (a.rank() != b.rank()) return false;
  for (int axis = 1; axis < a.rank(); ++axis) {
    if (a[axis] != b[axis]) return false;
  }
  return true;
}

void append_reals(const FileTensor& part, bool is_negative, std::vector<std::byte>& to) {
  const auto step = static_cast<size_t>(dtype_bytes(part.type.dtype));
  const double scale = part.quantization.empty() ? 1 : static_cast<double>(part.quantization.scale());
  for (size_t at = 0; at < part.data->size(); at += step) {
    to.resize(to.size() + sizeof(float));
    store_element(DType::kF32, load_element(part.type.dtype, &(*part.data)[at]) * (is_negative ? -scale : scale),
                  &to[to.size() - sizeof(float)]);
  }
}

}  // namespace

Result<ValueId> time_first(ImportContext& context, size_t index, bool time_major) {
  TMC_ASSIGN(const ValueId x, context.input(index));
  if (context.type(x).shape.rank() != 3) return error(Error::kUnsupportedShape, "its input is no sequence of rank 3");
  if (time_major) return x;
  return context.append("_time_first", ops::Transpose{{1, 0, 2}}, {x}, context.quantization(x));
}

Result<ValueId> as_one_step(ImportContext& context) {
  TMC_ASSIGN(const ValueId row, context.input(0));
  const Shape shape = context.type(row).shape;
  if (shape.rank() != 2) return error(Error::kUnsupportedShape, "its input has rank {}, expected 2", shape.rank());
  return context.append("_step", ops::Reshape{{1, shape[0], shape[1]}}, {row}, context.quantization(row));
}

Status finish_one_step(ImportContext& context, ValueId states) {
  const Shape shape = context.type(states).shape;
  return context.finish(ops::Reshape{{shape[2], shape[3]}}, {states});
}

Status refuse_auxiliary_input(const ImportContext& context, size_t index) {
  if (!context.has_input(index)) return {};
  return error(Error::kUnsupportedOp, "it has an auxiliary input")
      .with_hint("concatenate the outputs of the layer before it, and export one input");
}

Result<ValueId> in_steps(ImportContext& context, ValueId x, const Direction& direction, const RecurrentStep& step) {
  const Shape shape = context.type(x).shape;
  const Quantization quantization = context.quantization(x);
  if (shape[0] > kMostSteps) {
    return error(Error::kUnsupportedShape, "it has {} steps, at most {} are supported in this form", shape[0],
                 kMostSteps)
        .with_hint("feed the sequence in parts: the layer keeps its state");
  }
  std::vector<ValueId> states(static_cast<size_t>(shape[0]));
  for (int64_t i = 0; i < shape[0]; ++i) {
    const int64_t time = direction.reverse ? shape[0] - 1 - i : i;
    const std::string suffix = fmt::format("{}_{}", direction.suffix, time);
    ValueId at = x;
    if (shape[0] > 1) {
      ops::Slice slice = ops::Slice::whole(shape);
      slice.read(0, time, 1);
      TMC_ASSIGN(at, context.append("_at" + suffix, slice, {x}, quantization));
    }
    TMC_ASSIGN(at, context.append("_input" + suffix, ops::Reshape{{shape[1], shape[2]}}, {at}, quantization));
    TMC_ASSIGN(const ValueId state, step(at, suffix));
    const Shape of_state = context.type(state).shape;
    TMC_ASSIGN(states[static_cast<size_t>(time)],
               context.append("_state" + suffix, ops::Reshape{{1, 1, of_state[0], of_state[1]}}, {state},
                              context.quantization(state)));
  }
  if (states.size() == 1) return states[0];
  return context.append("_states" + direction.suffix, ops::Concat{.axis = 0}, states, context.quantization(states[0]));
}

Result<bool> has_int8_weights(const ImportContext& context, size_t index) {
  TMC_ASSIGN(const FileTensor weights, context.read_constant(index, "weights"));
  return weights.type.dtype == DType::kI8;
}

Result<ValueId> activated(ImportContext& context, schema::ActivationFunctionType activation, ValueId x,
                          const std::string& suffix) {
  switch (activation) {
    case schema::ActivationFunctionType::NONE:
      return x;
    case schema::ActivationFunctionType::TANH:
      return context.append(suffix, ops::Tanh{}, {x});
    case schema::ActivationFunctionType::RELU:
      return context.append(suffix, ops::Relu{}, {x});
    case schema::ActivationFunctionType::RELU6:
      return context.append(suffix, ops::Clip{.min = 0, .max = 6}, {x});
    case schema::ActivationFunctionType::RELU_N1_TO_1:
      return context.append(suffix, ops::Clip{.min = -1, .max = 1}, {x});
    default:
      return error(Error::kUnsupportedOp, "its activation is {}", schema::EnumNameActivationFunctionType(activation));
  }
}

Status expect_shape(const ImportContext& context, ValueId value, const Shape& shape, const char* what) {
  if (context.type(value).shape == shape) return {};
  return error(Error::kMalformed, "its {} have the shape [{}], not [{}]", what,
               fmt::join(context.type(value).shape, ","), fmt::join(shape, ","));
}

Result<std::string> gate_function(schema::ActivationFunctionType activation) {
  switch (activation) {
    case schema::ActivationFunctionType::TANH:
      return std::string("tanh");
    case schema::ActivationFunctionType::RELU:
      return std::string("relu");
    case schema::ActivationFunctionType::NONE:
      return std::string("affine");
    default:
      return error(Error::kUnsupportedOp, "its activation is {}", schema::EnumNameActivationFunctionType(activation));
  }
}

Result<ValueId> join_gates(ImportContext& context, std::span<const GatePart> parts, bool as_stored,
                           const std::string& name) {
  std::vector<std::byte> bytes;
  ops::TensorType type;
  Quantization scales{{}, {}, 0};
  for (const GatePart& gate : parts) {
    TMC_ASSIGN(const FileTensor part, context.read_constant(gate.operand, "weights"));
    ops::TensorType part_type = part.type;
    if (!as_stored) part_type.dtype = DType::kF32;
    if (gate.operand == parts.front().operand && bytes.empty()) type = {part_type.dtype, Shape()};
    TMC_TRY(check_part(part, part_type.dtype, type.dtype, as_stored));
    if (type.shape.rank() != 0 && !go_together(part.type.shape, type.shape)) {
      return error(Error::kMalformed, "the weights of its gates differ in their shapes");
    }
    TMC_TRY(context.budget().take_computed(part_type));
    if (as_stored) {
      bytes.insert(bytes.end(), part.data->begin(), part.data->end());
    } else {
      append_reals(part, gate.is_negative, bytes);
    }
    const auto rows = static_cast<size_t>(part.type.shape[0]);
    scales.scales.insert(scales.scales.end(), rows, part.quantization.empty() ? 0 : part.quantization.scale());
    scales.zero_points.insert(scales.zero_points.end(), rows, 0);
    Shape shape = part.type.shape;
    shape[0] += type.shape.rank() == 0 ? 0 : type.shape[0];
    type.shape = shape;
  }
  return context.graph().add_constant(name, type, ir::TensorData(std::move(bytes)),
                                      as_stored ? std::move(scales) : Quantization());
}

Status write_last_state(ImportContext& context, size_t operand, ValueId states, const Direction& direction) {
  const Shape shape = context.type(states).shape;
  const Quantization quantization = context.quantization(states);
  ValueId last = states;
  if (shape[0] > 1) {
    ops::Slice slice = ops::Slice::whole(shape);
    slice.read(0, direction.reverse ? 0 : shape[0] - 1, 1);
    TMC_ASSIGN(last, context.append("_last" + direction.suffix, slice, {last}, quantization));
  }
  const std::vector<int64_t> extents = {shape[2], shape[3]};
  TMC_ASSIGN(last, context.append("_last_state" + direction.suffix, ops::Reshape{extents}, {last}, quantization));
  return context.write_variable(operand, last);
}

Status finish_states(ImportContext& context, const std::vector<std::pair<Direction, ValueId>>& states, bool time_major,
                     bool merge) {
  const std::vector<int64_t> order = time_major ? std::vector<int64_t>{0, 1, 2} : std::vector<int64_t>{1, 0, 2};
  std::vector<ValueId> sequences;
  for (const auto& [direction, value] : states) {
    const Shape shape = context.type(value).shape;
    TMC_ASSIGN(sequences.emplace_back(),
               context.append("_sequence" + direction.suffix, ops::Reshape{{shape[0], shape[2], shape[3]}}, {value},
                              context.quantization(value)));
  }
  if (merge) {
    TMC_ASSIGN(const ValueId both, context.append("_both", ops::Concat{.axis = 2}, sequences));
    return context.finish(ops::Transpose{order}, {both});
  }
  for (size_t i = 0; i < sequences.size(); ++i) {
    TMC_TRY(context.finish_output(i, ops::Transpose{order}, {sequences[i]}));
  }
  return {};
}

}  // namespace tmc::frontend::tflite
