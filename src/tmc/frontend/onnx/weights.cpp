// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/weights.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

#include "tmc/ir/permute.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/quantize.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

// Float constant, quantize, dequantize; one more pair does no harm.
constexpr size_t kLongestChain = 4;

// The nodes between the constant and `id`, the one nearest to the constant last. None where `id` is no weights.
std::optional<std::vector<ir::NodeId>> chain_to_constant(const ir::Graph& graph, ValueId id) {
  std::vector<ir::NodeId> chain;
  while (!graph.value(id).is_constant()) {
    ir::NodeId node = graph.producer_if<ops::Dequantize>(id);
    if (node == ir::NodeId::kNone) node = graph.producer_if<ops::Quantize>(id);
    if (node == ir::NodeId::kNone || chain.size() == kLongestChain) return std::nullopt;
    chain.push_back(node);
    id = graph.node(node).inputs[0];
  }
  return chain;
}

struct Movement {
  std::function<ir::TensorData(const ir::Value&)> data;
  std::function<Shape(const Shape&)> shape;
  std::function<int(int)> axis;
};

Quantization moved(Quantization quantization, const Movement& movement) {
  if (quantization.per_axis()) quantization.axis = movement.axis(quantization.axis);
  return quantization;
}

Result<ValueId> move_weights(ImportContext& context, ValueId id, const std::string& suffix, const Movement& movement) {
  ir::Graph& graph = context.graph();
  const auto chain = chain_to_constant(graph, id);
  if (!chain) return error(Error::kInternal, "'{}' is no weights", graph.value(id).name);
  const ir::Value& constant = graph.value(chain->empty() ? id : graph.node(chain->back()).inputs[0]);
  TMC_TRY(context.budget().take_computed(constant.type));
  const ops::TensorType type{constant.type.dtype, movement.shape(constant.type.shape)};
  Quantization along = moved(constant.quantization, movement);
  ir::TensorData data = movement.data(constant);
  ValueId at = graph.add_constant(context.output_name() + suffix, type, std::move(data), std::move(along));
  for (auto node = chain->rbegin(); node != chain->rend(); ++node) {
    const ir::AnyOp op = graph.node(*node).op;
    const Quantization& quantization = graph.value(graph.node(*node).outputs[0]).quantization;
    TMC_ASSIGN(at, context.append(fmt::format("{}_{}", suffix, op.name()), op, {at}, moved(quantization, movement)));
  }
  return at;
}

}  // namespace

bool is_weights(const ir::Graph& graph, ValueId id) {
  return chain_to_constant(graph, id).has_value();
}

Result<ValueId> transposed_weights(ImportContext& context, ValueId id, const std::vector<int64_t>& perm) {
  const Movement movement{
      .data = [&](const ir::Value& value) { return ir::permute(*value.data, value.type, perm); },
      .shape = [&](const Shape& shape) { return ir::permute(shape, perm); },
      .axis = [&](int axis) { return static_cast<int>(std::ranges::find(perm, axis) - perm.begin()); }};
  return move_weights(context, id, "_weights", movement);
}

namespace {

ir::TensorData same_bytes(const ir::Value& value) {
  return *value.data;
}

}  // namespace

Result<ValueId> weights_of_height_1(ImportContext& context, ValueId id) {
  if (!is_weights(context.graph(), id)) {
    return error(Error::kUnsupportedType, "the weights '{}' are computed at run time", context.graph().value(id).name);
  }
  const Movement movement{.data = same_bytes,
                          .shape = [](const Shape& shape) { return Shape::of(shape[0], shape[1], 1, shape[2]); },
                          .axis = [](int axis) { return axis < 2 ? axis : axis + 1; }};
  return move_weights(context, id, "_weights", movement);
}

namespace {

ir::TensorData turned(const ir::Value& value, const Shape& shape, int64_t groups) {
  const auto bytes = static_cast<size_t>(dtype_bytes(value.type.dtype));
  const std::span<const std::byte> from = value.data->bytes();
  std::vector<std::byte> to;
  to.reserve(from.size());
  const int64_t outputs = shape[0] / groups;  // of a group, as are the inputs
  const int64_t inputs = shape[1];
  const int64_t taps = shape[2] * shape[3];
  for (int64_t row = 0; row < shape[0] * inputs; ++row) {
    const int64_t group = row / inputs / outputs;
    const int64_t output = row / inputs % outputs;
    const int64_t input = group * inputs + row % inputs;
    for (int64_t tap = taps; tap-- > 0;) {
      const auto at = static_cast<size_t>((input * outputs + output) * taps + tap) * bytes;
      to.insert(to.end(), from.begin() + static_cast<std::ptrdiff_t>(at),
                from.begin() + static_cast<std::ptrdiff_t>(at + bytes));
    }
  }
  return ir::TensorData(std::move(to));
}

}  // namespace

Result<ValueId> turned_weights(ImportContext& context, ValueId id, int64_t groups) {
  const ir::Value& value = context.graph().value(id);
  const Shape given = value.type.shape;
  if (!is_weights(context.graph(), id)) {
    return error(Error::kUnsupportedType, "the weights '{}' are computed at run time", value.name);
  }
  if (groups < 1 || given.rank() < 3 || given.rank() > 4 || given[0] % groups != 0) {
    return error(Error::kMalformed, "its weights of rank {} do not fit {} groups", given.rank(), groups);
  }
  if (value.quantization.per_axis() && (value.quantization.axis != 1 || groups != 1)) {
    return error(Error::kUnsupportedType, "its weights are quantised along axis {}, in {} groups",
                 value.quantization.axis, groups)
        .with_hint("quantise them per tensor");
  }
  const int64_t rows = given.rank() == 4 ? given[2] : 1;
  const Shape shape = Shape::of(given[1] * groups, given[0] / groups, rows, given.back());
  const Movement movement{.data = [&](const ir::Value& constant) { return turned(constant, shape, groups); },
                          .shape = [&](const Shape&) { return shape; },
                          .axis = [](int) { return 0; }};
  return move_weights(context, id, "_weights", movement);
}

Result<ValueId> flat_bias(ImportContext& context, ValueId id) {
  if (context.type(id).shape.rank() == 1) return id;
  const Movement movement{.data = same_bytes,
                          .shape = [](const Shape& shape) { return Shape::of(shape.elements()); },
                          .axis = [](int) { return 0; }};
  return move_weights(context, id, "_bias", movement);
}

}  // namespace tmc::frontend::onnx_format
