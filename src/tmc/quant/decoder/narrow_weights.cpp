// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/decoder/narrow_weights.hpp"

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cached_attention.hpp"
#include "tmc/ops/op/cast.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/quant/scheme/four_bit.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;
using Attention = ops::CachedAttention;

bool is_float_matrix(const Graph& graph, ValueId id) {
  const ir::Value& value = graph.value(id);
  return value.is_constant() && value.type.dtype == DType::kF32 && value.type.shape.rank() == 2;
}

// Whether a layer makes, as the first operand of what comes after it, the keys or values of an attention.
bool feeds_a_cache(const Graph& graph, NodeId layer) {
  for (const NodeId id : graph.order()) {
    if (!graph.node(id).op.is<Attention>()) continue;
    for (const size_t input : {Attention::kKey, Attention::kValue}) {
      NodeId from = graph.value(graph.node(id).inputs[input]).producer;
      while (from != NodeId::kNone && !graph.node(from).op.is<ops::FullyConnected>()) {
        from = graph.value(graph.node(from).inputs[0]).producer;
      }
      if (from == layer) return true;
    }
  }
  return false;
}

}  // namespace

bool WeightNarrower::takes_four_bits(NodeId layer) const {
  return form_.bits == 4 && quant::takes_four_bits(*graph_, graph_->node(layer)) && !feeds_a_cache(*graph_, layer);
}

const ScaledRows& WeightNarrower::eight_bits(ValueId matrix) {
  const auto found = rows_.find(matrix);
  if (found != rows_.end()) return found->second;
  const ir::Value& value = graph_->value(matrix);
  return rows_[matrix] = eight_bit_rows(value.data->to_vector<float>(), static_cast<size_t>(value.type.shape[0]));
}

ValueId WeightNarrower::add_integers(ValueId of, const char* suffix, const ScaledRows& rows,
                                     const Quantization& quantization) {
  const ops::TensorType type{DType::kI8, graph_->value(of).type.shape};
  return graph_->add_constant(graph_->value(of).name + suffix, type,
                              ir::TensorData::of(std::span<const int8_t>(rows.integers)), quantization);
}

void WeightNarrower::replace_input(NodeId id, size_t input, ValueId by) {
  const ValueId before = graph_->node(id).inputs[input];
  graph_->node(id).inputs[input] = by;
  graph_->erase_unused(before);
}

Status WeightNarrower::narrow_layer(NodeId id) {
  const ValueId weights = graph_->node(id).inputs[1];
  if (!is_float_matrix(*graph_, weights)) return {};
  const auto by_output = [](const ScaledRows& rows) {
    return Quantization{rows.scales, std::vector<int32_t>(rows.scales.size(), 0), 0};
  };
  if (!takes_four_bits(id)) {
    const ScaledRows& rows = eight_bits(weights);
    replace_input(id, 1, add_integers(weights, ".int8", rows, by_output(rows)));
    return {};
  }
  const ir::Value& value = graph_->value(weights);
  const ScaledRows rows = four_bit_rows(value.data->to_vector<float>(), static_cast<size_t>(value.type.shape[0]),
                                        static_cast<size_t>(form_.group_inputs),
                                        moments_->of(graph_->value(graph_->node(id).inputs[0]).name));
  replace_input(id, 1, add_integers(weights, ".int4", rows, by_output(rows)));
  return {};
}

// Rows that are looked up times their scales.
Status WeightNarrower::narrow_table(NodeId id) {
  const ValueId table = graph_->node(id).inputs[0], at = graph_->node(id).inputs[1];
  if (!is_float_matrix(*graph_, table) || graph_->node(id).op.get<ops::Lookup>().axis != 0) return {};
  const std::string name = graph_->value(table).name;
  const ScaledRows& rows = eight_bits(table);
  const ValueId by = graph_->add_constant(name + ".scales", {DType::kF32, Shape::of(std::ssize(rows.scales), 1)},
                                          ir::TensorData::of(std::span<const float>(rows.scales)));
  const ValueId integers = add_integers(table, ".rows", rows, {});
  TMC_ASSIGN(const ValueId read, graph_->insert(id, name + ".read", ops::Lookup{}, {integers, at}));
  TMC_ASSIGN(const ValueId wide, graph_->insert(id, name + ".wide", ops::Cast{.to = DType::kF32}, {read}));
  TMC_ASSIGN(const ValueId scale, graph_->insert(id, name + ".scale", ops::Lookup{}, {by, at}));
  const ValueId old = graph_->node(id).outputs[0];
  return graph_->recompute(old, id, name + ".scaled", ops::Mul{}, {wide, scale}).status();
}

}  // namespace tmc::quant
