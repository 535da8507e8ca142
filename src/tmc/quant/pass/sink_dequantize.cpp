// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Moves dequantize nodes down, behind float operators that give exactly the same reals when they work on the integers:
// those that only move elements of tensors of one scale, look-ups among them, max_pool2d, and relu, clip and pad whose
// constants are multiples of the scale. Those operators then run on bytes, and the dequantize node meets a quantize
// node or the operator that needs reals.

#include <cmath>

#include "tmc/ir/activation.hpp"
#include "tmc/ir/permute.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/max_pool2d.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/quant/integer_form.hpp"
#include "tmc/quant/passes.hpp"
#include "tmc/quant/qdq.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

// Whether some integer of the tensor stands for exactly this real; an infinity stands for the end of the range.
bool is_representable(double real, const ir::Value& value) {
  if (std::isinf(real)) return true;
  const double quantized = real / static_cast<double>(value.quantization.scale()) + value.quantization.zero_point();
  return quantized == std::nearbyint(quantized) && quantized >= dtype_min(value.type.dtype) &&
         quantized <= dtype_max(value.type.dtype);
}

bool is_representable(const ir::RealRange& range, const ir::Value& value) {
  return is_representable(range.min, value) && is_representable(range.max, value);
}

// The reshape's quantised axis: the output axis with the same extent and the same number of elements before it.
std::optional<Quantization> reshaped(Quantization quantization, const Shape& from, const Shape& to) {
  if (!quantization.per_axis()) return quantization;
  for (int axis = 0; axis < to.rank(); ++axis) {
    if (to[axis] == from[quantization.axis] && to.elements(0, axis) == from.elements(0, quantization.axis)) {
      quantization.axis = axis;
      return quantization;
    }
  }
  return std::nullopt;
}

// The quantisation of the node's output when it works on integers like `source`; nothing where that is not exact.
std::optional<Quantization> integer_quantization(const Graph& graph, const ir::Node& node, const ir::Value& source) {
  if (const auto* transpose = node.op.get_if<ops::Transpose>())
    return ir::permute(source.quantization, transpose->perm);
  if (node.op.is<ops::Reshape>()) {
    return reshaped(source.quantization, source.type.shape, graph.value(node.outputs[0]).type.shape);
  }
  if (source.quantization.per_axis()) return std::nullopt;
  bool exact = node.op.moves_elements() || node.op.is<ops::Lookup>();
  if (const auto* pad = node.op.get_if<ops::Pad>())
    exact = std::isfinite(pad->value) && is_representable(pad->value, source);
  if (const auto range = ir::clamp_range(node.op)) exact = is_representable(*range, source);
  if (const auto* pool = node.op.get_if<ops::MaxPool2d>()) {
    exact = is_representable(ir::range_of(pool->activation), source);
  }
  return exact ? std::optional(source.quantization) : std::nullopt;
}

Status sink(Graph& graph, NodeId id) {
  const ir::Node node = graph.node(id);
  std::vector<ValueId> sources;
  const auto moved = quantized_inputs(node);
  for (const ValueId input : moved) {
    sources.push_back(quantized_source(graph, input));
    if (sources.back() == ValueId::kNone) return {};
    const ir::Value& first = graph.value(sources.front());
    const ir::Value& last = graph.value(sources.back());
    if (last.type.dtype != first.type.dtype || last.quantization != first.quantization) return {};
  }
  if (sources.empty()) return {};
  const auto quantization = integer_quantization(graph, node, graph.value(sources[0]));
  if (!quantization) return {};
  sources.insert(sources.end(), node.inputs.begin() + std::ssize(moved), node.inputs.end());
  const std::string& real_name = graph.value(node.outputs[0]).name;
  TMC_ASSIGN(const ValueId integers, graph.insert(id, real_name + "_quantized", node.op, sources, *quantization));
  graph.node(graph.value(integers).producer).name = node.name;
  TMC_TRY(graph.recompute(node.outputs[0], id, node.name + "_dequantize", ops::Dequantize{}, {integers}).status());
  for (const ValueId input : moved) graph.erase_unused(input);
  return {};
}

Status run_sink_dequantize(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) TMC_TRY(sink(graph, id));
  return {};
}

}  // namespace

extern const ir::Pass sink_dequantize;
const ir::Pass sink_dequantize = {"sink_dequantize",
                                  "Moves dequantize nodes behind float operators that are exact on the integers.",
                                  run_sink_dequantize};

}  // namespace tmc::quant
