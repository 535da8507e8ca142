// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Linformer's attention with a projection of positions for each head: a product of constants [heads, kept, length] with
// rows whose heads were moved before them. Each head becomes a product of its own, [kept, length] times its columns of
// the rows, and these lie side by side in the end, as attention takes them. So nothing is transposed; and where the
// rows are those of a layer, each head's columns are a layer of their own, which lives as long as its product is not
// done: no array of all rows and all heads is stored. Heads that share one constant stay together.

#include <map>

#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/opt/attention/heads.hpp"
#include "tmc/opt/attention/row_layer.hpp"
#include "tmc/opt/match.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::ValueId;

constexpr int64_t kMostHeads = 32;  // of which each is several steps

// positions [parts, kept, length] times rows [batch, length, parts * size].
struct Projection {
  ValueId rows = ValueId::kNone, positions = ValueId::kNone;
  bool is_turned = false;  // positions are [length, kept]
  bool is_alone = false;   // nothing else reads the rows
  int64_t length = 0, kept = 0;
  int64_t parts = 1, size = 0;  // parts are heads with constants of their own
  int64_t part_stride = 0;      // matrices from the constant of a part to that of the next
  View result;                  // of [batch, kept, parts * size]
};

class Splitter {
 public:
  explicit Splitter(Graph& graph) : graph_(graph), uses_(graph), origins_(graph) {}

  Status split(NodeId id) {
    const std::optional<Projection> found = find(graph_.node(id));
    return found ? replace(id, *found) : Status();
  }

 private:
  const Shape& shape_of(ValueId id) const { return graph_.value(id).type.shape; }

  std::optional<Projection> find(const Node& node) const {
    const auto* product = node.op.get_if<ops::Matmul>();
    if (product == nullptr || graph_.value(node.outputs[0]).type.dtype != DType::kF32) return std::nullopt;
    const bool on_left = graph_.value(node.inputs[0]).is_constant();
    if (on_left == graph_.value(node.inputs[1]).is_constant()) return std::nullopt;
    const Shape& out = shape_of(node.outputs[0]);
    Projection found;
    found.positions = node.inputs[on_left ? 0 : 1];
    found.is_turned = !on_left && !product->transpose_b;
    const Shape& positions = shape_of(found.positions);
    found.kept = positions.back(found.is_turned ? 0 : 1);
    found.length = positions.back(found.is_turned ? 1 : 0);
    if (out.rank() < 3 || found.kept >= found.length) return std::nullopt;

    const ValueId moved = node.inputs[on_left ? 1 : 0];
    const Seen seen = origins_.of(graph_, moved);
    const Shape lead = leading(out);
    const auto rows = operand_of(seen, shape_of(moved), lead, !on_left || product->transpose_b);
    if (!rows || graph_.value(seen.source).erased || !read_rows(*rows, found)) return std::nullopt;
    if (!read_parts(*rows, positions, lead, found)) return std::nullopt;
    found.is_alone = reads_alone(moved, found.rows);
    Factors rest = {{found.kept, shape_of(found.rows).back()}, {rows->elements[0].extent, 1}};
    if (!on_left) std::swap(rest[0], rest[1]);
    found.result.factors.insert(found.result.factors.end(), rest.begin(), rest.end());
    return found;
  }

  static Shape leading(const Shape& shape) {
    Shape lead;
    for (int axis = 0; axis < shape.rank() - 2; ++axis) lead.push_back(shape[axis]);
    return lead;
  }

  // Whether the operand are heads side by side in rows [batch, length, width].
  bool read_rows(const Operand& operand, Projection& found) const {
    const Shape& shape = shape_of(operand.source);
    if (shape.rank() != 3 || operand.offset != 0 || shape[1] != found.length) return false;
    if (operand.rows != Factors{{found.length, shape.back()}} || operand.elements.size() != 1) return false;
    if (operand.elements[0].stride != 1 || graph_.value(operand.source).is_constant()) return false;
    found.rows = operand.source;
    return true;
  }

  // Which of the leading axes are heads, and which constant each has.
  bool read_parts(const Operand& operand, const Shape& positions, const Shape& lead, Projection& found) const {
    const Shape& rows = shape_of(found.rows);
    const int64_t size = operand.elements[0].extent, width = rows.back();
    std::vector<int64_t> extents;
    for (const Factor& factor : operand.lead) extents.push_back(factor.extent);
    const auto constants = grouped(broadcasting(leading(positions), lead).factors, extents);
    if (!constants) return false;
    int64_t batch = 1, heads = 1;
    for (size_t at = 0; at < operand.lead.size(); ++at) {
      const Factor& factor = operand.lead[at];
      const Factors& group = (*constants)[at];
      if (group.size() != 1) return false;
      const bool is_batch = factor.stride == found.length * width, is_head = factor.stride == size;
      if (is_batch == is_head || (is_batch && group[0].stride != 0)) return false;
      (is_batch ? batch : heads) *= factor.extent;
      if (is_head) found.part_stride = group[0].stride;
      found.result.factors.push_back({factor.extent, is_batch ? found.kept * width : size});
    }
    if (batch != rows[0] || heads * size != width || heads == 1 || heads > kMostHeads) return false;
    found.parts = found.part_stride == 0 ? 1 : heads;
    found.size = width / found.parts;
    return true;
  }

  // Whether nothing but the way from the rows to `moved` reads the rows.
  bool reads_alone(ValueId moved, ValueId rows) const {
    for (ValueId at = moved; at != rows; at = graph_.node(graph_.value(at).producer).inputs[0]) {
      if (uses_.only(at) == NodeId::kNone) return false;
    }
    return uses_.only(rows) != NodeId::kNone;
  }

  ValueId constant(const std::string& name, const Shape& shape, std::span<const float> numbers) {
    return graph_.add_constant(name, {DType::kF32, shape}, ir::TensorData::of(numbers));
  }

  // The rows of a constant matrix from `begin` on, or the elements of a bias.
  ValueId cut(ValueId id, int64_t begin, const Shape& shape) {
    const std::vector<float> all = ir::constant_reals(graph_.value(id));
    const int64_t each = shape.rank() == 2 ? shape.back() : 1;
    const auto part = std::span(all).subspan(static_cast<size_t>(begin * each), static_cast<size_t>(shape.elements()));
    return constant(graph_.value(id).name + "_head", shape, part);
  }

  // [kept, length] of a part; made once, so that keys and values that share it are seen to.
  ValueId positions_of(const Projection& found, int64_t part) {
    const int64_t matrix = part * found.part_stride;
    const auto [entry, is_new] = positions_.try_emplace({found.positions, matrix}, ValueId::kNone);
    if (!is_new) return entry->second;
    const int64_t kept = found.kept, length = found.length;
    View view{{{kept, length}, {length, 1}}, matrix * kept * length};
    if (found.is_turned) view.factors = {{kept, 1}, {length, kept}};
    const ir::Value& all = graph_.value(found.positions);
    const std::string name = all.name + "_head";
    entry->second = constant(name, Shape::of(kept, length), numbers_of(all, view));
    return entry->second;
  }

  Result<ValueId> rows_of(NodeId before, const Projection& found, const RowLayer& layer, int64_t part) {
    if (found.parts == 1) return found.rows;
    const std::string name = graph_.value(found.rows).name + "_head";
    const int64_t begin = part * found.size;
    if (!layer.exists() || graph_.value(layer.weights).type.dtype != DType::kF32) {
      ops::Slice slice = ops::Slice::whole(shape_of(found.rows));
      slice.read(2, begin, found.size);
      return graph_.insert(before, name, slice, {found.rows});
    }
    const Shape weights = Shape::of(found.size, shape_of(layer.x).back());
    std::vector<ValueId> inputs = {layer.x, cut(layer.weights, begin, weights)};
    if (layer.bias != ValueId::kNone) inputs.push_back(cut(layer.bias, begin, Shape::of(found.size)));
    return graph_.insert(before, name, ops::FullyConnected{}, inputs);
  }

  Status replace(NodeId id, const Projection& found) {
    const ValueId old = graph_.node(id).outputs[0];
    const std::string name = graph_.node(id).name;
    const Shape shape = shape_of(old);
    const auto moves = moves_for(found.result, shape.elements());
    if (!moves) return {};
    const RowLayer layer = found.is_alone ? row_layer(graph_, uses_, found.rows) : RowLayer();
    std::vector<ValueId> parts;
    for (int64_t part = 0; part < found.parts; ++part) {
      TMC_ASSIGN(const ValueId rows, rows_of(id, found, layer, part));
      const std::vector<ValueId> inputs = {positions_of(found, part), rows};
      TMC_ASSIGN(const ValueId product, graph_.insert(id, name + "_head", ops::Matmul{}, inputs));
      parts.push_back(product);
    }
    ValueId joined = parts[0];
    if (parts.size() > 1) {
      TMC_ASSIGN(joined, graph_.insert(id, name + "_joined", ops::Concat{2}, parts));
    }
    TMC_ASSIGN(const ValueId moved, emit(graph_, id, name + "_moved", joined, *moves, shape));
    return graph_.recompute(old, id, name, ops::Reshape{{shape.begin(), shape.end()}}, {moved}).status();
  }

  Graph& graph_;
  const Uses uses_;
  const Origins origins_;
  std::map<std::pair<ValueId, int64_t>, ValueId> positions_;
};

Status run_split_head_projections(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  Splitter splitter(graph);
  for (const NodeId id : order) {
    if (graph.node(id).op.is<ops::Matmul>()) TMC_TRY(splitter.split(id));
  }
  return {};
}

}  // namespace

extern const ir::Pass split_head_projections;
const ir::Pass split_head_projections = {"split_head_projections",
                                         "Projects the positions of each head of keys and values by itself.",
                                         run_split_head_projections};

}  // namespace tmc::opt
