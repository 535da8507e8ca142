// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/opt/channels/ranges.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tmc/base/host/element.hpp"
#include "tmc/ir/activation.hpp"
#include "tmc/ops/op/average_pool2d.hpp"
#include "tmc/ops/op/max_pool2d.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/opt/channels/evaluate.hpp"
#include "tmc/opt/channels/node_channels.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::Node;
using ir::Value;
using ir::ValueId;
using Channels = std::vector<ChannelRange>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

ChannelRange range_of_dtype(DType dtype) {
  const bool narrow = dtype == DType::kI8 || dtype == DType::kU8 || dtype == DType::kI16 || dtype == DType::kU16;
  if (!narrow) return {-kInfinity, kInfinity};
  return {static_cast<double>(dtype_min(dtype)), static_cast<double>(dtype_max(dtype))};
}

Channels unknown(const Value& value) {
  return Channels(static_cast<size_t>(channel_count(value)), range_of_dtype(value.type.dtype));
}

void widen(ChannelRange& range, double element) {
  range = {std::min(range.low, element), std::max(range.high, element)};
}

Channels of_constant(const Value& constant) {
  Channels channels(static_cast<size_t>(channel_count(constant)), {kInfinity, -kInfinity});
  if (channels.empty()) return channels;
  const size_t bytes = dtype_bytes(constant.type.dtype);
  for (size_t i = 0; i * bytes < constant.data->size_bytes(); ++i) {
    const double element = load_element(constant.type.dtype, constant.data->bytes().data() + i * bytes);
    widen(channels[i % channels.size()], std::isfinite(element) ? element : kInfinity);
    if (!std::isfinite(element)) widen(channels[i % channels.size()], -kInfinity);
  }
  return channels;
}

// The hull of what is tied to each channel.
Channels tied(const NodeChannels& channels, const std::vector<const Channels*>& inputs, size_t count) {
  Channels hull(count, {kInfinity, -kInfinity});
  for (const ChannelTie& tie : channels.ties) {
    const ChannelRange& from = (*inputs[tie.input])[static_cast<size_t>(tie.from)];
    widen(hull[static_cast<size_t>(tie.to)], from.low);
    widen(hull[static_cast<size_t>(tie.to)], from.high);
  }
  return hull;
}

// Padding adds elements of its own.
bool only_moves(const ir::AnyOp& op) {
  return op.moves_elements() && !op.is<ops::Pad>();
}

// Whether the output holds nothing but elements of the inputs, or what lies between such of one channel.
bool selects(const Graph& graph, const Node& node) {
  const auto* average = node.op.get_if<ops::AveragePool2d>();
  const auto* maximum = node.op.get_if<ops::MaxPool2d>();
  const bool pools = (average && !average->count_include_pad && average->activation == ops::Activation::kNone) ||
                     (maximum && maximum->activation == ops::Activation::kNone);
  const Value& output = graph.value(node.outputs[0]);
  return (only_moves(node.op) || pools) && std::ranges::all_of(node.inputs, [&](ValueId input) {
           return graph.value(input).type.dtype == output.type.dtype &&
                  graph.value(input).quantization == output.quantization;
         });
}

class Analysis {
 public:
  Analysis(const Graph& graph, ir::Evaluator* evaluator)
      : graph_(graph), evaluate_(graph, evaluator), ranges_(graph.value_count()) {}

  ChannelRanges run() {
    for (const ValueId id : graph_.values()) {
      const Value& value = graph_.value(id);
      of(id) = value.is_constant() ? of_constant(value) : unknown(value);
    }
    for (const ir::NodeId id : graph_.order()) visit(graph_.node(id));
    return std::move(ranges_);
  }

 private:
  Channels& of(ValueId id) { return ranges_[static_cast<size_t>(id)]; }

  void visit(const Node& node) {
    const NodeChannels channels = channels_of(graph_, node);
    if (channels.use == ChannelUse::kOpaque) return;
    Channels& output = of(node.outputs[0]);
    if (layer_arithmetic(graph_, node) != LayerArithmetic::kOther) {
      output = of_layer(node);
      return;
    }
    std::vector<const Channels*> inputs;
    for (const ValueId input : node.inputs) inputs.push_back(&of(input));
    if (selects(graph_, node)) {
      output = tied(channels, inputs, output.size());
    } else if (node.op.is_unary()) {
      output = of_unary(node);
    }
    // A mover has said it all; what others make of constants is computed.
    if (!only_moves(node.op)) evaluate_.constant_channels(node, channels, inputs, output);
  }

  Channels of_unary(const Node& node) {
    const Channels& input = of(node.inputs[0]);
    const Value& output = graph_.value(node.outputs[0]);
    Channels found = unknown(output);
    if (const auto clamp = ir::clamp_range(node.op); clamp && output.type.dtype == DType::kF32) {
      for (size_t c = 0; c < found.size(); ++c) {
        found[c] = {std::clamp(input[c].low, clamp->min, clamp->max),
                    std::clamp(input[c].high, clamp->min, clamp->max)};
      }
    } else {
      evaluate_.mapped_integers(node, input, found);
    }
    return found;
  }

  Channels of_layer(const Node& node) {
    const LayerWeights weights(graph_, node);
    const Channels& input = of(node.inputs[0]);
    std::vector<ChannelRange> sums;
    for (int64_t row = 0; row < weights.rows(); ++row) {
      // What is quantised at run time has no bounds here.
      const bool open = weights.arithmetic() == LayerArithmetic::kHybrid && !weights.is_zero(row);
      sums.push_back(open ? ChannelRange{-kInfinity, kInfinity} : weights.sum(row, input));
    }
    if (weights.arithmetic() == LayerArithmetic::kInteger) {
      Channels rescaled = unknown(graph_.value(node.outputs[0]));
      evaluate_.rescaled_sums(node, sums, rescaled);
      return rescaled;
    }
    const ir::RealRange limits = ir::range_of(*ir::activation_of(node.op));
    for (ChannelRange& sum : sums) {
      sum = {std::clamp(sum.low, limits.min, limits.max), std::clamp(sum.high, limits.min, limits.max)};
      if (sum.is_constant()) sum.low = sum.high = static_cast<double>(static_cast<float>(sum.low));
    }
    return sums;
  }

  const Graph& graph_;
  ChannelEvaluator evaluate_;
  ChannelRanges ranges_;
};

}  // namespace

ChannelRanges channel_ranges(const Graph& graph, ir::Evaluator* evaluator) {
  return Analysis(graph, evaluator).run();
}

}  // namespace tmc::opt
