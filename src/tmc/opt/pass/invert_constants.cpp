// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The subtraction of a float constant becomes an addition, a division by one a multiplication: what fold_affine and
// fuse_bias work into layers, and faster where it stays. A product with the reciprocal may differ from the quotient by
// its last bit.

#include "tmc/ops/functions.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

// The constant with every element replaced by its inverse.
template <typename Invert>
ValueId inverted(Graph& graph, ValueId id, const char* suffix, Invert invert) {
  const ir::Value& constant = graph.value(id);
  std::vector<float> values = constant.data->to_vector<float>();
  for (float& value : values) value = invert(value);
  return graph.add_constant(constant.name + suffix, constant.type, ir::TensorData::of(std::span<const float>(values)));
}

void rewrite(Graph& graph, NodeId id) {
  const ir::AnyOp op = graph.node(id).op;
  const auto* sub = op.get_if<ops::Sub>();
  const auto* div = op.get_if<ops::Div>();
  if (sub == nullptr && div == nullptr) return;
  const ValueId constant = graph.node(id).inputs[1];
  if (!graph.value(constant).is_constant() || graph.value(constant).type.dtype != DType::kF32) return;
  const ValueId inverse = sub != nullptr
                              ? inverted(graph, constant, "_negative", [](float value) { return -value; })
                              : inverted(graph, constant, "_reciprocal", [](float value) { return 1 / value; });
  ir::Node& node = graph.node(id);
  node.inputs[1] = inverse;
  node.op = sub != nullptr ? ir::AnyOp(ops::Add{{sub->activation}}) : ir::AnyOp(ops::Mul{{div->activation}});
  graph.erase_unused(constant);
}

Status run_invert_constants(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) rewrite(graph, id);
  return {};
}

}  // namespace

extern const ir::Pass invert_constants;
const ir::Pass invert_constants = {
    "invert_constants", "Makes subtractions of and divisions by float constants additions and multiplications.",
    run_invert_constants};

}  // namespace tmc::opt
