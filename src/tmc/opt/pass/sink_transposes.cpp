// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Moves transposes from nhwc to nchw down, behind operators that work in any order of axes (elementwise ones, concat,
// pad, slice, mean, softmax), so that they meet their inverse (remove_identities) or a flatten (absorb_flatten).
//
// An operator with several operands lets a transpose through where every operand is transposed alike, is a constant, or
// can be had in the other order for nothing: it exists so already, or only axes of extent 1 move.

#include <algorithm>

#include "tmc/ir/permute.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/depth_to_space.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/gather.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/softmax.hpp"
#include "tmc/ops/op/space_to_depth.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::Permutation;
using ir::ValueId;

// An operator on operands before their transpose, and the permutation that its result then needs.
struct Moved {
  ir::AnyOp op;
  Permutation perm;
};

// Axis `axis` (from the end where negative) of the transposed tensor, in the tensor before.
int64_t axis_before(int64_t axis, const Permutation& perm) {
  return perm[static_cast<size_t>(axis < 0 ? axis + static_cast<int64_t>(perm.size()) : axis)];
}

Moved move(const ops::Pad& op, const Permutation& perm) {
  ops::Pad moved = op;
  for (size_t axis = 0; axis < perm.size(); ++axis) {
    moved.pads[static_cast<size_t>(perm[axis])] = op.pads[axis];
    moved.pads[static_cast<size_t>(perm[axis]) + perm.size()] = op.pads[axis + perm.size()];
  }
  return {moved, perm};
}

Moved move(const ops::Slice& op, const Permutation& perm) {
  ops::Slice moved = op;
  for (size_t axis = 0; axis < perm.size(); ++axis) {
    const auto before = static_cast<size_t>(perm[axis]);
    moved.begins[before] = op.begins[axis];
    moved.sizes[before] = op.sizes[axis];
    moved.steps[before] = op.steps[axis];
  }
  return {moved, perm};
}

Moved move(const ops::Gather& op, const Permutation& perm) {
  ops::Gather moved = op;
  for (int64_t& axis : moved.axes) axis = axis_before(axis, perm);
  return {moved, perm};
}

// Blocks of pixels are the same in both layouts.
template <typename Op>
std::optional<Moved> move_blocks(const Op& op, const Permutation& perm) {
  if (op.layout != ops::Layout::kNchw || perm != ir::kNhwcToNchw) return std::nullopt;
  Op moved = op;
  moved.layout = ops::Layout::kNhwc;
  return Moved{moved, perm};
}

Moved move_reduction(const ir::AnyOp& op, const Permutation& perm) {
  auto [axes, keep_dims] = ops::reduced_axes(op);
  for (int64_t& axis : axes) axis = axis_before(axis, perm);
  const ir::AnyOp moved = ops::over_axes(op, axes);
  if (keep_dims) return {moved, perm};
  // The axes that stay, as they were called before, then as indices among themselves.
  Permutation kept;
  for (const int64_t axis : perm) {
    if (std::ranges::find(axes, axis) == axes.end()) kept.push_back(axis);
  }
  Permutation sorted = kept;
  std::ranges::sort(sorted);
  for (int64_t& axis : kept) axis = std::ranges::find(sorted, axis) - sorted.begin();
  return {moved, kept};
}

std::optional<Moved> move(const ir::AnyOp& op, const Permutation& perm) {
  if (op.is_unary() || op.is_binary()) return Moved{op, perm};
  if (const auto* concat = op.get_if<ops::Concat>()) {
    return Moved{ops::Concat{static_cast<int32_t>(axis_before(concat->axis, perm))}, perm};
  }
  if (const auto* softmax = op.get_if<ops::Softmax>()) {
    return Moved{ops::Softmax{static_cast<int32_t>(axis_before(softmax->axis, perm)), softmax->beta}, perm};
  }
  if (const auto* pad = op.get_if<ops::Pad>()) return move(*pad, perm);
  if (const auto* slice = op.get_if<ops::Slice>()) return move(*slice, perm);
  if (const auto* gather = op.get_if<ops::Gather>()) return move(*gather, perm);
  if (const auto* blocks = op.get_if<ops::DepthToSpace>()) return move_blocks(*blocks, perm);
  if (const auto* blocks = op.get_if<ops::SpaceToDepth>()) return move_blocks(*blocks, perm);
  if (op.reduces()) return move_reduction(op, perm);
  return std::nullopt;
}

const Permutation* transpose_of(const Graph& graph, ValueId id) {
  const NodeId producer = graph.producer_if<ops::Transpose>(id);
  return producer == NodeId::kNone ? nullptr : &graph.node(producer).op.get<ops::Transpose>().perm;
}

class Sinker {
 public:
  // Moves the transposes by `perm` before node `id` behind it.
  Sinker(Graph& graph, NodeId id, Permutation perm)
      : graph_(graph), id_(id), node_(graph.node(id)), perm_(std::move(perm)), back_(ir::inverse(perm_)) {}

  Status run() {
    const std::optional<Moved> moved = move(node_.op, perm_);
    const ir::Value output = graph_.value(node_.outputs[0]);
    // A transpose of the floats before an output would move more bytes than one of the integers.
    if (!moved || (node_.op.is<ops::Dequantize>() && graph_.is_output(node_.outputs[0]))) return {};
    if (!std::ranges::all_of(node_.inputs, [&](ValueId input) { return comes_free(input); })) return {};
    std::vector<ValueId> inputs;
    for (const ValueId input : node_.inputs) {
      TMC_ASSIGN(const ValueId before, before_transpose(input));
      inputs.push_back(before);
    }
    Quantization quantization = ir::permute(output.quantization, ir::inverse(moved->perm));
    if (ir::is_identity(moved->perm)) {
      TMC_TRY(graph_.recompute(node_.outputs[0], id_, node_.name, moved->op, inputs, quantization).status());
    } else {
      TMC_ASSIGN(const ValueId result, graph_.insert(id_, output.name + "_nhwc", moved->op, inputs, quantization));
      graph_.node(graph_.value(result).producer).name = node_.name;
      if (moved->perm == ir::kNhwcToNchw) graph_.value(result).channels_last_of = output.name;
      TMC_TRY(graph_
                  .recompute(node_.outputs[0], id_, output.name + "_to_nchw", ops::Transpose{moved->perm}, {result},
                             output.quantization)
                  .status());
    }
    for (const ValueId input : node_.inputs) graph_.erase_unused(input);
    return {};
  }

 private:
  bool comes_free(ValueId id) const {
    const ir::Value& value = graph_.value(id);
    if (value.is_constant() || value.type.shape.elements() == 1) return true;
    if (const Permutation* perm = transpose_of(graph_, id); perm && *perm == perm_) return true;
    if (value.type.shape.rank() != static_cast<int>(perm_.size())) return false;
    return ir::keeps_element_order(back_, value.type.shape) || existing(id) != ValueId::kNone;
  }

  // The tensor transposed back, where some node made it already.
  ValueId existing(ValueId id) const {
    for (const NodeId user : graph_.users(id)) {
      if (user == id_) break;  // what comes later cannot be read here
      const auto* transpose = graph_.node(user).op.get_if<ops::Transpose>();
      if (transpose && transpose->perm == back_) return graph_.node(user).outputs[0];
    }
    return ValueId::kNone;
  }

  Result<ValueId> before_transpose(ValueId id) {
    if (const Permutation* perm = transpose_of(graph_, id); perm && *perm == perm_) {
      return graph_.node(graph_.value(id).producer).inputs[0];
    }
    if (const ValueId made = existing(id); made != ValueId::kNone) return made;
    const ir::Value value = graph_.value(id);
    if (value.type.shape.elements() == 1 && node_.op.is_binary()) return id;
    if (value.is_constant()) return permuted_constant(value);
    TMC_ASSIGN(const ValueId image, graph_.insert(id_, value.name + "_nhwc", ops::Transpose{back_}, {id},
                                                  ir::permute(value.quantization, back_)));
    graph_.value(image).channels_last_of = value.name;
    return image;
  }

  // A constant may have fewer axes than what it is broadcast to.
  ValueId permuted_constant(const ir::Value& value) {
    const int missing = static_cast<int>(perm_.size()) - value.type.shape.rank();
    ir::TensorType type{value.type.dtype, {}};
    for (int axis = 0; axis < missing; ++axis) type.shape.push_back(1);
    for (const int64_t extent : value.type.shape) type.shape.push_back(extent);
    Quantization quantization = value.quantization;
    if (quantization.per_axis()) quantization.axis += missing;
    return graph_.add_constant(value.name + "_nhwc", {type.dtype, ir::permute(type.shape, back_)},
                               ir::permute(*value.data, type, back_), ir::permute(std::move(quantization), back_));
  }

  Graph& graph_;
  NodeId id_;
  const ir::Node node_;
  Permutation perm_, back_;
};

// Whether the node reads a whole image that was transposed to nchw; an operand that broadcasts has fewer axes.
bool reads_transposed_image(const Graph& graph, const ir::Node& node) {
  const bool keeps_rank = graph.value(node.outputs[0]).type.shape.rank() == 4;
  return (keeps_rank || node.op.reduces()) && std::ranges::any_of(node.inputs, [&](ValueId input) {
           const Permutation* perm = input == ValueId::kNone ? nullptr : transpose_of(graph, input);
           return perm && *perm == ir::kNhwcToNchw;
         });
}

Status run_sink_transposes(Graph& graph, const ir::PassContext&) {
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) {
    if (!graph.node(id).erased && reads_transposed_image(graph, graph.node(id))) {
      TMC_TRY(Sinker(graph, id, ir::kNhwcToNchw).run());
    }
  }
  return {};
}

}  // namespace

extern const ir::Pass sink_transposes;
const ir::Pass sink_transposes = {
    "sink_transposes", "Moves transposes to nchw behind operators that take any order of axes.", run_sink_transposes};

}  // namespace tmc::opt
