// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/pytorch/apply_state_dict.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "tmc/frontend/pytorch/modules.hpp"
#include "tmc/ir/activation.hpp"
#include "tmc/ir/verifier.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/average_pool2d.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/max_pool2d.hpp"
#include "tmc/ops/op/quantize.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/softmax.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::pytorch {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

namespace {

constexpr const char* kSameNetwork =
    "export the ONNX file from the float form of the network whose state_dict() this is";

bool is_layer(const ir::AnyOp& op) {
  return op.is<ops::Conv2d>() || op.is<ops::FullyConnected>();
}

// Gives the integers of its input on, moved, chosen or limited.
bool is_data_movement(const ir::AnyOp& op) {
  return op.moves_elements() || op.is<ops::MaxPool2d>() || ir::clamp_range(op).has_value();
}

// Extents other than 1: convolutions of lines are images of height 1 in the graph.
std::vector<int64_t> plain_extents(const Shape& shape) {
  std::vector<int64_t> extents(shape.begin(), shape.end());
  std::erase(extents, 1);
  return extents;
}

class StateApplier {
 public:
  StateApplier(Graph& graph, const StateDict& state, const std::vector<Module>& modules)
      : graph_(&graph), state_(&state), modules_(&modules) {}

  Status run() {
    TMC_TRY(replace_layers());
    replace_constants();
    TMC_TRY(plan_outputs());
    for (const auto& [value, pair] : pairs_) TMC_TRY(insert_pair(value, pair));
    return {};
  }

 private:
  struct Pair {
    std::string name;
    Quantization quantization;
  };

  // --- weights
  Status replace_layers() {
    std::set<NodeId> replaced;
    for (const Module& module : *modules_) {
      const auto layer = std::ranges::find_if(module.nodes, [&](NodeId id) { return is_layer(graph_->node(id).op); });
      if (layer == module.nodes.end()) continue;
      TMC_TRY(replace_weights(*layer, module.name).at_node(module.name));
      replaced.insert(*layer);
    }
    for (const NodeId id : graph_->order()) {
      if (!is_layer(graph_->node(id).op) || replaced.contains(id)) continue;
      return error(Error::kBadInput, "the state dictionary holds no module for this layer")
          .at_node(graph_->node(id).name)
          .with_hint(kSameNetwork);
    }
    return {};
  }

  Status replace_weights(NodeId id, const std::string& name) {
    const StateTensor* weights = state_->find(name + ".weight");
    if (weights == nullptr || weights->type.dtype != DType::kI8 || weights->quantization.empty()) {
      return error(Error::kBadInput, "the state dictionary holds no int8 weights '{}.weight'", name)
          .with_hint("quantise the layer, or save the dictionary after torch.ao.quantization.convert");
    }
    const ValueId old = graph_->node(id).inputs[1];
    const Shape shape = graph_->value(old).type.shape;
    if (plain_extents(shape) != plain_extents(weights->type.shape) || shape[0] != weights->type.shape[0] ||
        weights->quantization.axis > 0) {
      return error(Error::kBadInput, "'{}.weight' is [{}] in the state dictionary and [{}] in the model", name,
                   fmt::join(weights->type.shape, ", "), fmt::join(shape, ", "))
          .with_hint(kSameNetwork);
    }
    const ValueId integers =
        graph_->add_constant(name + ".weight_int8", {DType::kI8, shape}, weights->data, weights->quantization);
    TMC_ASSIGN(const ValueId reals, graph_->insert(id, name + ".weight_dequantized", ops::Dequantize{}, {integers}));
    graph_->node(id).inputs[1] = reals;
    graph_->erase_unused(old);
    return replace_bias(id, name);
  }

  Status replace_bias(NodeId id, const std::string& name) {
    const StateTensor* bias = state_->find(name + ".bias");
    const std::vector<ValueId>& inputs = graph_->node(id).inputs;
    const bool has_bias = inputs.size() > 2 && inputs[2] != ValueId::kNone;
    // A layer over several rows adds its bias by a node of its own, which replace_constants sees to.
    const bool adds_later = !has_bias && graph_->find_value(name + ".bias") != ValueId::kNone;
    if ((bias != nullptr) == has_bias || adds_later) {
      return has_bias ? replace_data(inputs[2], *bias) : Status();
    }
    return error(Error::kBadInput, "the layer has a bias in the {} only", has_bias ? "model" : "state dictionary")
        .with_hint("fold batch norms into both: export the model in eval mode, and fuse modules before quantising");
  }

  Status replace_data(ValueId id, const StateTensor& by) {
    const ir::Value& value = graph_->value(id);
    if (value.is_constant() && value.type == by.type) {
      graph_->value(id).data = by.data;
      return {};
    }
    return error(Error::kBadInput, "'{}' is {}[{}] in the state dictionary and {}[{}] in the model", by.name,
                 dtype_name(by.type.dtype), fmt::join(by.type.shape, ", "), dtype_name(value.type.dtype),
                 fmt::join(value.type.shape, ", "))
        .with_hint(kSameNetwork);
  }

  // Float parameters that the graph knows by name, of normalisations above all.
  void replace_constants() {
    for (const StateTensor& tensor : state_->tensors()) {
      const ValueId id = graph_->find_value(tensor.name);
      if (id == ValueId::kNone || !tensor.quantization.empty()) continue;
      const ir::Value& value = graph_->value(id);
      if (value.is_constant() && value.type == tensor.type) graph_->value(id).data = tensor.data;
    }
  }

  // --- activations
  Status plan_outputs() {
    plan_stubs();
    std::map<NodeId, const Module*> last_of, part_of;
    for (const Module& module : *modules_) {
      for (const NodeId id : module.nodes) part_of[id] = &module;
      if (!module.nodes.empty()) last_of[module.nodes.back()] = &module;
    }
    for (const NodeId id : graph_->order()) {
      if (const auto last = last_of.find(id); last != last_of.end()) {
        plan_pair(behind_clamps(graph_->node(id).outputs[0]), last->second->name, last->second->output);
      } else if (!part_of.contains(id)) {
        TMC_TRY(plan_other(graph_->node(id)).at_node(graph_->node(id).name));
      }
    }
    return {};
  }

  void plan_stubs() {
    size_t input = 0;
    for (const Module& module : *modules_) {
      if (module.is_stub) plan_pair(graph_->inputs()[input++], module.name, module.output);
    }
  }

  void plan_pair(ValueId value, const std::string& name, const Quantization& quantization) {
    pairs_.emplace_back(value, Pair{name, quantization});
    known_[value] = quantization;
  }

  // A ReLU that alone reads the value may be part of the module; if it is not, it gives the same integers.
  ValueId behind_clamps(ValueId value) const {
    for (NodeId user = graph_->only_user(value); user != NodeId::kNone && ir::clamp_range(graph_->node(user).op);
         user = graph_->only_user(value)) {
      value = graph_->node(user).outputs[0];
    }
    return value;
  }

  Status plan_other(const ir::Node& node) {
    const ValueId output = node.outputs[0];
    // A clamp behind a module, a weights' dequantize, or what is computed from constants.
    if (known_.contains(output) || node.op.is<ops::Dequantize>()) return {};
    const bool reads_constants = std::ranges::all_of(
        node.inputs, [&](ValueId input) { return input == ValueId::kNone || graph_->value(input).is_constant(); });
    if (reads_constants) return {};
    const auto input = known_.find(node.inputs[0]);
    if (const auto fixed = ir::fixed_quantization(node.op, DType::kI8)) {
      plan_pair(output, name_of(node), *fixed);
      return {};
    }
    if (input != known_.end() && is_data_movement(node.op)) {
      known_[output] = input->second;
      return {};
    }
    if (input != known_.end() && (node.op.is<ops::AveragePool2d>() || node.op.is<ops::Mean>())) {
      plan_pair(output, name_of(node), input->second);
      return {};
    }
    return error(Error::kUnsupportedType, "the state dictionary holds no scale of its result")
        .with_hint(
            "make it a module of its own that keeps `scale` and `zero_point` in its state, or fold it into the "
            "layer before (batch norms)");
  }

  std::string name_of(const ir::Node& node) const {
    const std::string path = module_path(node.name);
    return path.empty() ? graph_->value(node.outputs[0]).name : path;
  }

  Status insert_pair(ValueId real, const Pair& pair) {
    const std::vector<NodeId> users = graph_->users(real);
    const auto make = [&](const std::string& suffix, const ir::AnyOp& op, ValueId input,
                          const Quantization& quantization) {
      const std::string name = pair.name + suffix;
      return users.empty() ? graph_->append(name, op, {input}, quantization)
                           : graph_->insert(users.front(), name, op, {input}, quantization);
    };
    TMC_ASSIGN(const ValueId integers,
               make("_quantized", ops::Quantize{.dtype = DType::kI8, .ties_to_even = true}, real, pair.quantization));
    TMC_ASSIGN(const ValueId again, make("_dequantized", ops::Dequantize{}, integers, {}));
    for (const NodeId user : users) std::ranges::replace(graph_->node(user).inputs, real, again);
    for (size_t i = 0; i < graph_->outputs().size(); ++i) {
      if (graph_->outputs()[i] != real) continue;
      graph_->set_output(i, again);
      std::swap(graph_->value(real).name, graph_->value(again).name);
    }
    return {};
  }

  Graph* graph_;
  const StateDict* state_;
  const std::vector<Module>* modules_;
  std::vector<std::pair<ValueId, Pair>> pairs_;
  std::map<ValueId, Quantization> known_;
};

}  // namespace

Status apply_state_dict(Graph& graph, const StateDict& state) {
  TMC_ASSIGN(const std::vector<Module> modules, find_modules(graph, state));
  TMC_TRY(StateApplier(graph, state, modules).run());
  graph.compact();
  return ir::verify(graph);
}

}  // namespace tmc::frontend::pytorch
