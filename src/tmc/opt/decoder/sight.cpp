// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/decoder/sight.hpp"

#include <algorithm>

#include "tmc/ir/constant_reals.hpp"
#include "tmc/ops/op/attention.hpp"
#include "tmc/opt/decoder/value_at.hpp"
#include "tmc/opt/view.hpp"

namespace tmc::opt {
namespace {

using ir::ValueId;

// A score that is lower by this has no weight.
constexpr float kHides = 1000;

Status refused(const std::string& why) {
  return error(Error::kUnsupportedOp, "{}", why)
      .with_hint(
          "export the decoder with a mask that hides padding and later tokens alone, or bind the lengths of its caches "
          "with --shape to have it as it is");
}

// Of the elements [batch, heads, block, keys] of a mask; `hides_later`: the operator does that.
bool is_plain(const std::vector<float>& mask, bool is_bool, bool hides_later, const PastGraph& past) {
  const int64_t keys = past.past + past.block, rows = std::ssize(mask) / keys;
  for (int64_t row = 0; row < rows; ++row) {
    const int64_t last = past.past + row % past.block;
    const float* const at = mask.data() + row * keys;
    const float seen = is_bool ? 1 : at[last];
    for (int64_t key = 0; key < keys; ++key) {
      const bool sees = is_bool ? at[key] != 0 : at[key] == seen;
      const bool hides = is_bool ? at[key] == 0 : at[key] <= seen - kHides;
      if (key <= last ? !sees : !hides && !hides_later) return false;
    }
  }
  return true;
}

Result<std::vector<float>> mask_of(const ir::Graph& graph, const PastGraph& past, const ir::Node& node,
                                   ir::Evaluator& evaluator) {
  const ValueId mask = node.inputs[3];
  const ops::TensorType& type = graph.value(mask).type;
  const auto data = value_at(graph, past, mask, past.past, evaluator);
  if (!data) {
    return refused(fmt::format("its mask '{}' is made of what only a run knows", graph.value(mask).name));
  }
  ir::Value constant;
  constant.type = type;
  constant.data = data;
  const int64_t batch = graph.value(node.inputs[0]).type.shape[0];
  const Shape scores = Shape::of(batch, node.op.get<ops::Attention>().heads, past.block, past.past + past.block);
  return numbers_of(constant, broadcasting(type.shape, scores));
}

}  // namespace

Result<int64_t> sight_of(const ir::Graph& graph, const PastGraph& past, ir::NodeId id, ir::Evaluator& evaluator) {
  const ir::Node& node = graph.node(id);
  const auto& op = node.op.get<ops::Attention>();
  const int64_t keys = past.past + past.block;
  if (op.softcap > 0) return refused(fmt::format("its scores have a soft cap of {}", op.softcap)).at_node(node.name);
  const bool is_behind = op.first_position(past.block, keys) == past.past;
  if ((op.causal || op.left_window >= 0) && !is_behind) {
    return refused("its queries do not stand behind the past").at_node(node.name);
  }
  bool hides_later = op.causal || past.block == 1;
  if (node.inputs.size() > 3 && node.inputs[3] != ValueId::kNone) {
    Result<std::vector<float>> mask = mask_of(graph, past, node, evaluator);
    if (!mask.ok()) return std::move(mask).status().at_node(node.name);
    const bool is_bool = graph.value(node.inputs[3]).type.dtype == DType::kBool;
    if (!is_plain(*mask, is_bool, hides_later, past)) {
      return refused("its mask says other things than which keys lie behind a query").at_node(node.name);
    }
    hides_later = true;
  }
  if (!hides_later) return refused("its queries see tokens behind them").at_node(node.name);
  return op.left_window < 0 ? 0 : op.left_window + 1;
}

}  // namespace tmc::opt
