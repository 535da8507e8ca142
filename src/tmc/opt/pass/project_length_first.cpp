// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Linformer's attention (Wang et al. 2020) projects keys and values from n positions to k by a constant [k, n]. Written
// with einsum or a layer over positions that is a product between two transposes; here it becomes one with the constant
// on the left, which needs none. Where that follows a layer, positions are projected before the layer instead,
//   E (x W + b) = (E x) W + (sums of E's rows) b,
// if that takes fewer products: the layer runs on k rows in place of n, which are never stored, and keys and values
// that share E share E x.

#include <map>

#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/opt/attention/row_layer.hpp"
#include "tmc/opt/match.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

// positions [kept, length] times rows [batch, length, width], plus shift for each of those kept.
struct Projection {
  ValueId rows = ValueId::kNone, positions = ValueId::kNone;
  bool is_turned = false;          // positions is [length, kept]
  ValueId shift = ValueId::kNone;  // [kept]
};

class Rewriter {
 public:
  explicit Rewriter(Graph& graph) : graph_(graph), uses_(graph) {}

  Status rewrite(NodeId id) {
    const std::optional<Projection> found = find(graph_.node(id));
    if (!found || shape_of(found->rows).rank() != 3) return {};
    const Shape result = shape_of(graph_.node(id).outputs[0]);
    if (result != Shape::of(shape_of(found->rows)[0], kept_of(*found), shape_of(found->rows)[2])) return {};
    const bool first = comes_first(*found);
    const bool is_matmul = graph_.node(id).op.is<ops::Matmul>();
    return first || !is_matmul ? replace(id, *found, first) : Status();
  }

 private:
  const Shape& shape_of(ValueId id) const { return graph_.value(id).type.shape; }
  bool is_matrix(ValueId id) const {
    const ir::Value& value = graph_.value(id);
    const Shape& shape = value.type.shape;
    return value.is_constant() && value.type.dtype == DType::kF32 && shape.rank() >= 2 &&
           shape.elements() == shape.back() * shape.back(1);
  }
  int64_t kept_of(const Projection& found) const { return shape_of(found.positions).back(found.is_turned ? 0 : 1); }

  // What a transpose of the last two axes reads; kNone where it is none.
  ValueId before_turn(ValueId id) const {
    const NodeId turn = graph_.producer_if<ops::Transpose>(id);
    const bool is_it =
        turn != NodeId::kNone && graph_.node(turn).op.get<ops::Transpose>().perm == std::vector<int64_t>{0, 2, 1};
    return is_it ? graph_.node(turn).inputs[0] : ValueId::kNone;
  }

  std::optional<Projection> find(const Node& node) const {
    if (const auto* product = node.op.get_if<ops::Matmul>()) {
      if (product->transpose_b || !is_matrix(node.inputs[0])) return std::nullopt;
      return Projection{node.inputs[1], node.inputs[0], false, ValueId::kNone};
    }
    if (!node.op.is<ops::Transpose>()) return std::nullopt;
    ValueId inner = before_turn(node.outputs[0]);
    Projection found;
    if (inner == ValueId::kNone || uses_.only(inner) == NodeId::kNone) return std::nullopt;
    if (const Node* sum = made_by<ops::Add>(graph_, inner)) {
      for (const size_t side : {0, 1}) {
        if (graph_.value(sum->inputs[side]).is_constant())
          found.shift = sum->inputs[side], inner = sum->inputs[1 - side];
      }
      if (found.shift == ValueId::kNone || uses_.only(inner) == NodeId::kNone) return std::nullopt;
    }
    if (!find_product(inner, found) || !is_matrix(found.positions)) return std::nullopt;
    if (found.shift != ValueId::kNone) {
      const ir::Value& shift = graph_.value(found.shift);
      const bool fits = shift.type.dtype == DType::kF32 && shift.type.shape.rank() >= 1 &&
                        shift.type.shape.back() == kept_of(found) && shift.type.shape.elements() == kept_of(found);
      if (!fits) return std::nullopt;
    }
    return found;
  }

  bool find_product(ValueId inner, Projection& found) const {
    const NodeId producer = graph_.value(inner).producer;
    if (producer == NodeId::kNone) return false;
    const Node& node = graph_.node(producer);
    if (const auto* product = node.op.get_if<ops::Matmul>()) {
      found.is_turned = !product->transpose_b;
    } else if (made_by<ops::FullyConnected>(graph_, inner) == nullptr || node.inputs.size() > 2) {
      return false;
    }
    found.rows = before_turn(node.inputs[0]);
    found.positions = node.inputs[1];
    return found.rows != ValueId::kNone;
  }

  bool comes_first(const Projection& found) const {
    const RowLayer layer = row_layer(graph_, uses_, found.rows);
    if (!layer.exists()) return false;
    const int64_t length = shape_of(found.rows)[1], kept = kept_of(found);
    const int64_t in = shape_of(layer.x).back(), out = shape_of(found.rows).back();
    return kept * length * in + kept * in * out < length * in * out + kept * length * out;
  }

  // [kept, length]
  std::vector<float> positions_of(const Projection& found) const {
    std::vector<float> matrix = ir::constant_reals(graph_.value(found.positions));
    if (!found.is_turned) return matrix;
    const auto kept = static_cast<size_t>(kept_of(found)), length = matrix.size() / kept;
    std::vector<float> turned(matrix.size());
    for (size_t row = 0; row < kept; ++row) {
      for (size_t at = 0; at < length; ++at) turned[row * length + at] = matrix[at * kept + row];
    }
    return turned;
  }

  ValueId constant(const std::string& name, const Shape& shape, std::span<const float> numbers) {
    return graph_.add_constant(name, {DType::kF32, shape}, ir::TensorData::of(numbers));
  }

  // The projection of those rows; the same constant and the same rows are projected once.
  Result<ValueId> projected(NodeId before, const Projection& found, ValueId rows) {
    const auto [entry, is_new] = projected_.try_emplace({found.positions, rows}, ValueId::kNone);
    if (!is_new) return entry->second;
    const int64_t kept = kept_of(found);
    const ValueId positions =
        constant(graph_.value(found.positions).name, Shape::of(kept, shape_of(rows)[1]), positions_of(found));
    TMC_ASSIGN(entry->second,
               graph_.insert(before, graph_.value(rows).name + "_projected", ops::Matmul{}, {positions, rows}));
    return entry->second;
  }

  Status replace(NodeId id, const Projection& found, bool first) {
    const ValueId old = graph_.node(id).outputs[0];
    const std::string name = graph_.node(id).name;
    const auto kept = static_cast<size_t>(kept_of(found));
    const auto width = static_cast<size_t>(shape_of(old).back());
    const RowLayer layer = first ? row_layer(graph_, uses_, found.rows) : RowLayer();
    const ValueId rows = first ? layer.x : found.rows;
    std::vector<float> added(kept * width, 0.0F);
    if (found.shift != ValueId::kNone) {
      const std::vector<float> shift = ir::constant_reals(graph_.value(found.shift));
      for (size_t at = 0; at < added.size(); ++at) added[at] = shift[at / width];
    }
    if (layer.bias != ValueId::kNone) add_bias(found, ir::constant_reals(graph_.value(layer.bias)), added);
    TMC_ASSIGN(ValueId result, projected(id, found, rows));
    const bool adds = found.shift != ValueId::kNone || layer.bias != ValueId::kNone;
    if (first && !adds) return graph_.recompute(old, id, name, ops::FullyConnected{}, {result, layer.weights}).status();
    if (first) {
      TMC_ASSIGN(result, graph_.insert(id, name + "_layer", ops::FullyConnected{}, {result, layer.weights}));
    }
    if (!adds) {
      const Shape same = shape_of(old);
      return graph_.recompute(old, id, name, ops::Reshape{{same.begin(), same.end()}}, {result}).status();
    }
    const Shape shape = Shape::of(static_cast<int64_t>(kept), static_cast<int64_t>(width));
    const ValueId shift = constant(name + "_shift", shape, added);
    return graph_.recompute(old, id, name, ops::Add{}, {result, shift}).status();
  }

  void add_bias(const Projection& found, const std::vector<float>& bias, std::vector<float>& added) const {
    const std::vector<float> positions = positions_of(found);
    const size_t width = bias.size(), kept = added.size() / width, length = positions.size() / kept;
    for (size_t row = 0; row < kept; ++row) {
      double sum = 0;
      for (size_t at = 0; at < length; ++at) sum += static_cast<double>(positions[row * length + at]);
      for (size_t at = 0; at < width; ++at) {
        added[row * width + at] += static_cast<float>(sum * static_cast<double>(bias[at]));
      }
    }
  }

  Graph& graph_;
  const Uses uses_;
  std::map<std::pair<ValueId, ValueId>, ValueId> projected_;
};

Status run_project_length_first(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  Rewriter rewriter(graph);
  for (const NodeId id : order) {
    if (!graph.node(id).erased) TMC_TRY(rewriter.rewrite(id));
  }
  return {};
}

}  // namespace

extern const ir::Pass project_length_first;
const ir::Pass project_length_first = {
    "project_length_first", "Projects the positions of keys and values with a constant, before their layers.",
    run_project_length_first};

}  // namespace tmc::opt
