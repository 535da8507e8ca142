// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/channels/shrink.hpp"

#include <algorithm>
#include <cstring>

#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/opt/channels/node_channels.hpp"
#include "tmc/opt/layer.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::NodeId;
using ir::Value;
using ir::ValueId;
using Indices = std::vector<int32_t>;

// The constant with those indices of an axis only.
Value gathered(const Value& constant, int axis, const Indices& kept) {
  Value result = constant;
  const Shape& shape = constant.type.shape;
  const auto outer = static_cast<size_t>(shape.elements(0, axis));
  const auto extent = static_cast<size_t>(shape[axis]);
  const size_t run = static_cast<size_t>(shape.elements(axis + 1, shape.rank())) * dtype_bytes(constant.type.dtype);
  std::vector<std::byte> bytes(outer * kept.size() * run);
  std::byte* to = bytes.data();
  for (size_t i = 0; i < outer; ++i) {
    for (const int32_t index : kept) {
      std::memcpy(to, constant.data->bytes().data() + (i * extent + static_cast<size_t>(index)) * run, run);
      to += run;
    }
  }
  result.type.shape[axis] = static_cast<int64_t>(kept.size());
  result.data = ir::TensorData(std::move(bytes));
  if (constant.quantization.axis != axis) return result;
  result.quantization.scales.clear();
  result.quantization.zero_points.clear();
  for (const int32_t index : kept) {
    result.quantization.scales.push_back(constant.quantization.scale(static_cast<size_t>(index)));
    result.quantization.zero_points.push_back(constant.quantization.zero_point(static_cast<size_t>(index)));
  }
  return result;
}

class Shrinker {
 public:
  Shrinker(Graph& graph, const ChannelRanges& ranges, const KeptChannels& kept)
      : graph_(graph), ranges_(ranges), kept_(kept) {}

  // All that asks how many channels there were comes before the first tensor changes.
  Status run() {
    const std::vector<NodeId> order = graph_.order();
    for (const NodeId id : order) {
      if (layer_arithmetic(graph_, graph_.node(id)) != LayerArithmetic::kOther) shrink_layer(id);
    }
    for (const NodeId id : order) adapt_attributes(id);
    for (const ValueId id : graph_.values()) {
      if (graph_.value(id).is_constant() && loses(id)) cut_constant(id);
    }
    for (const NodeId id : order) {
      const Node& node = graph_.node(id);
      TMC_ASSIGN(const std::vector<ops::TensorType> types, graph_.infer(node.op, node.inputs));
      for (size_t i = 0; i < types.size(); ++i) graph_.value(node.outputs[i]).type = types[i];
    }
    return {};
  }

 private:
  const Indices& kept(ValueId id) const { return kept_[static_cast<size_t>(id)]; }
  // Constants that were made here are cut already.
  bool loses(ValueId id) const {
    return static_cast<size_t>(id) < kept_.size() &&
           static_cast<int64_t>(kept(id).size()) < channel_count(graph_.value(id));
  }

  const ChannelRange& range_of(ValueId id, int32_t channel) const {
    return ranges_[static_cast<size_t>(id)][static_cast<size_t>(channel)];
  }

  void cut_constant(ValueId id) {
    const Value cut = gathered(graph_.value(id), graph_.value(id).type.shape.rank() - 1, kept(id));
    graph_.value(id).type = cut.type;
    graph_.value(id).quantization = cut.quantization;
    graph_.value(id).data = cut.data;
  }

  // The node's input becomes that constant; in its place where nothing else reads it.
  void set_operand(NodeId id, size_t index, Value constant) {
    std::vector<ValueId>& inputs = graph_.node(id).inputs;
    if (inputs.size() <= index) inputs.resize(index + 1, ValueId::kNone);
    const ValueId old = inputs[index];
    const ValueId added = graph_.add_constant(constant.name, constant.type, *constant.data, constant.quantization);
    inputs[index] = added;
    if (old == ValueId::kNone || graph_.is_output(old) || !graph_.users(old).empty()) return;
    graph_.erase_value(old);
    graph_.rename(added, constant.name);
  }

  void shrink_layer(NodeId id) {
    const ValueId input = graph_.node(id).inputs[0];
    const ValueId output = graph_.node(id).outputs[0];
    const LayerWeights weights(graph_, graph_.node(id));
    const bool dense = !is_depthwise(graph_, graph_.node(id));
    if (!loses(input) && !loses(output)) return;
    std::vector<int64_t> cleared;
    for (const int32_t row : kept(output)) {
      if (range_of(output, row).is_constant()) cleared.push_back(row);
    }
    const std::vector<double> biases = new_biases(id, weights, cleared);
    set_weights(id, weights, cleared, dense);
    set_bias(id, biases);
  }

  // Of the rows that stay.
  std::vector<double> new_biases(NodeId id, const LayerWeights& weights, const std::vector<int64_t>& cleared) const {
    const ValueId input = graph_.node(id).inputs[0];
    const ValueId output = graph_.node(id).outputs[0];
    Indices gone;
    for (int64_t c = 0; c < channel_count(graph_.value(input)); ++c) {
      if (!std::ranges::binary_search(kept(input), c)) gone.push_back(static_cast<int32_t>(c));
    }
    std::vector<double> biases;
    for (const int32_t row : kept(output)) {
      double bias = weights.bias(row);
      if (std::ranges::binary_search(cleared, row)) {
        bias = constant_sum(weights, input, output, row);
      } else if (weights.inputs() == channel_count(graph_.value(input))) {
        for (const int32_t c : gone) {
          if (weights.reads(row, c)) bias += weights.contribution(row, c, range_of(input, c).low);
        }
      }
      biases.push_back(bias);
    }
    return biases;
  }

  // One that gives the constant: 0 does for a zero point, which spares the kernels sums of many bits, else any within
  // the bounds.
  double constant_sum(const LayerWeights& weights, ValueId input, ValueId output, int32_t row) const {
    const double constant = range_of(output, row).low;
    if (weights.arithmetic() != LayerArithmetic::kInteger) return constant;
    const bool is_zero_point = constant == graph_.value(output).quantization.zero_point();
    return is_zero_point ? 0 : weights.sum(row, ranges_[static_cast<size_t>(input)]).low;
  }

  void set_weights(NodeId id, const LayerWeights& weights, const std::vector<int64_t>& cleared, bool dense) {
    const ValueId input = graph_.node(id).inputs[0];
    Value constant = graph_.value(graph_.node(id).inputs[1]);
    std::vector<std::byte> bytes(constant.data->bytes().begin(), constant.data->bytes().end());
    const size_t row_bytes = bytes.size() / static_cast<size_t>(weights.rows());
    for (const int64_t row : cleared) std::memset(bytes.data() + static_cast<size_t>(row) * row_bytes, 0, row_bytes);
    constant.data = ir::TensorData(std::move(bytes));
    constant = gathered(constant, 0, kept(graph_.node(id).outputs[0]));
    if (dense) constant = gathered(constant, constant.type.shape.rank() - 1, kept(input));
    set_operand(id, 1, std::move(constant));
  }

  void set_bias(NodeId id, const std::vector<double>& biases) {
    const Node& node = graph_.node(id);
    const bool present = has_bias(node);
    if (!present && std::ranges::all_of(biases, [](double bias) { return bias == 0; })) return;
    const bool integer = layer_arithmetic(graph_, node) == LayerArithmetic::kInteger;
    Value constant;
    if (present) {
      constant = graph_.value(node.inputs[2]);
      constant = gathered(constant, constant.type.shape.rank() - 1, kept(node.outputs[0]));
    } else {
      constant.name = node.name + "_bias";
      constant.type.shape = Shape::of(biases.size());
      if (integer) constant.quantization = bias_quantization(node);
    }
    if (integer) {
      const std::vector<int32_t> integers(biases.begin(), biases.end());
      constant.type.dtype = DType::kI32;
      constant.data = ir::TensorData::of<int32_t>(integers);
    } else {
      const std::vector<float> reals(biases.begin(), biases.end());
      constant.type.dtype = DType::kF32;
      constant.data = ir::TensorData::of<float>(reals);
    }
    set_operand(id, 2, std::move(constant));
  }

  // Of the sums of a layer whose weights are cut already.
  Quantization bias_quantization(const Node& node) const {
    Quantization quantization = graph_.value(node.inputs[1]).quantization;
    for (float& scale : quantization.scales) scale *= graph_.value(node.inputs[0]).quantization.scale();
    return quantization;
  }

  void adapt_attributes(NodeId id) {
    Node& node = graph_.node(id);
    if (is_depthwise(graph_, node)) {
      auto conv = node.op.get<ops::Conv2d>();
      conv.groups = static_cast<int32_t>(kept(node.inputs[0]).size());
      node.op = conv;
    } else if (node.op.is<ops::Reshape>() && loses(node.outputs[0])) {
      auto reshape = node.op.get<ops::Reshape>();
      const Shape& shape = graph_.value(node.outputs[0]).type.shape;
      reshape.shape.assign(shape.begin(), shape.end());
      reshape.shape.back() = static_cast<int64_t>(kept(node.outputs[0]).size());
      node.op = reshape;
    } else if (const auto* before = node.op.get_if<ops::Slice>(); before && !before->begins.empty()) {
      auto slice = *before;
      slice.begins.back() =
          std::ranges::lower_bound(kept(node.inputs[0]), slice.begins.back()) - kept(node.inputs[0]).begin();
      slice.sizes.back() = static_cast<int64_t>(kept(node.outputs[0]).size());
      node.op = slice;
    }
  }

  Graph& graph_;
  const ChannelRanges& ranges_;
  const KeptChannels& kept_;
};

}  // namespace

Status shrink_channels(Graph& graph, const ChannelRanges& ranges, const KeptChannels& kept) {
  return Shrinker(graph, ranges, kept).run();
}

}  // namespace tmc::opt
