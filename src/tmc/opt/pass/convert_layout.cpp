// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Convolutions and pools on [n, c, h, w] images become the same on [n, h, w, c], the layout of the kernels: constant
// weights are permuted, a transpose is put before the image and after the result. The tensor X in its new layout is
// X_nhwc. sink_transposes and remove_identities then take away what cancels.

#include <map>

#include "tmc/ir/permute.hpp"
#include "tmc/ops/op/average_pool2d.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/max_pool2d.hpp"
#include "tmc/ops/op/transpose.hpp"
#include "tmc/opt/passes.hpp"

namespace tmc::opt {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

template <typename Op>
std::optional<ir::AnyOp> in_nhwc(const ir::AnyOp& op) {
  const Op* image_op = op.get_if<Op>();
  if (!image_op || image_op->layout != ops::Layout::kNchw) return std::nullopt;
  Op converted = *image_op;
  converted.layout = ops::Layout::kNhwc;
  return converted;
}

// The same operator on the other layout; nothing where it has none or is there already.
std::optional<ir::AnyOp> in_nhwc(const ir::AnyOp& op) {
  if (auto converted = in_nhwc<ops::Conv2d>(op)) return converted;
  if (auto converted = in_nhwc<ops::AveragePool2d>(op)) return converted;
  return in_nhwc<ops::MaxPool2d>(op);
}

class LayoutConverter {
 public:
  explicit LayoutConverter(Graph& graph) : graph_(graph) {}

  Status convert(NodeId id) {
    const ir::Node node = graph_.node(id);
    std::optional<ir::AnyOp> converted = in_nhwc(node.op);
    if (!converted) return {};
    std::vector<ValueId> inputs = node.inputs;
    TMC_ASSIGN(inputs[0], to_nhwc(id, inputs[0]));
    if (node.op.is<ops::Conv2d>()) {
      TMC_ASSIGN(inputs[1], to_nhwc(id, inputs[1]));
    }
    const ir::Value output = graph_.value(node.outputs[0]);
    const Quantization quantization = ir::permute(output.quantization, ir::kNchwToNhwc);
    TMC_ASSIGN(const ValueId image, graph_.insert(id, output.name + "_nhwc", *converted, inputs, quantization));
    graph_.node(graph_.value(image).producer).name = node.name;
    graph_.value(image).channels_last_of = output.name;
    TMC_TRY(graph_
                .recompute(node.outputs[0], id, output.name + "_to_nchw", ops::Transpose{ir::kNhwcToNchw}, {image},
                           output.quantization)
                .status());
    if (node.op.is<ops::Conv2d>()) graph_.erase_unused(node.inputs[1]);
    return {};
  }

 private:
  // The tensor in the other layout, made once for all its readers. It stands before the first of them.
  Result<ValueId> to_nhwc(NodeId reader, ValueId id) {
    const auto known = converted_.find(id);
    if (known != converted_.end()) return known->second;
    const ir::Value value = graph_.value(id);
    Quantization quantization = ir::permute(value.quantization, ir::kNchwToNhwc);
    const std::string name = value.name + "_nhwc";
    if (value.is_constant()) {
      const ir::TensorType type{value.type.dtype, ir::permute(value.type.shape, ir::kNchwToNhwc)};
      return converted_[id] = graph_.add_constant(name, type, ir::permute(*value.data, value.type, ir::kNchwToNhwc),
                                                  std::move(quantization));
    }
    TMC_ASSIGN(converted_[id], graph_.insert(reader, name, ops::Transpose{ir::kNchwToNhwc}, {id}, quantization));
    graph_.value(converted_[id]).channels_last_of = value.name;
    return converted_[id];
  }

  Graph& graph_;
  std::map<ValueId, ValueId> converted_;
};

Status run_convert_layout(Graph& graph, const ir::PassContext&) {
  LayoutConverter converter(graph);
  const std::vector<NodeId> order = graph.order();
  for (const NodeId id : order) TMC_TRY(converter.convert(id));
  return {};
}

}  // namespace

extern const ir::Pass convert_layout;
const ir::Pass convert_layout = {"convert_layout", "Moves convolutions and pools from nchw to nhwc images.",
                                 run_convert_layout};

}  // namespace tmc::opt
