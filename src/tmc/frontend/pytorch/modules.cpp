// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/pytorch/modules.hpp"

#include <algorithm>

#include "tmc/frontend/common/constants.hpp"
#include "tmc/ir/verifier.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/concat.hpp"

namespace tmc::frontend::pytorch {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;

namespace {

constexpr std::string_view kScale = ".scale", kZeroPoint = ".zero_point", kWeight = ".weight", kFusedFirst = ".0";

bool has_negative_zero_points(const StateDict& state) {
  return std::ranges::any_of(state.tensors(), [&](const StateTensor& tensor) {
    return tensor.name.ends_with(kZeroPoint) && state.number(tensor.name).value_or(0) < 0;
  });
}

// The dictionary does not say what integers activations are. PyTorch's backends take uint8; where a zero point is
// negative, int8.
Result<std::vector<Module>> list_modules(const StateDict& state) {
  const bool is_signed = has_negative_zero_points(state);
  std::vector<Module> modules;
  for (const StateTensor& tensor : state.tensors()) {
    if (!tensor.name.ends_with(kScale)) continue;
    const std::string name = tensor.name.substr(0, tensor.name.size() - kScale.size());
    const auto scale = state.number(tensor.name);
    const auto zero_point = state.number(name + std::string(kZeroPoint));
    if (!scale || !zero_point) continue;
    Module module{name, {}, false, {}};
    module.output =
        Quantization::per_tensor(static_cast<float>(*scale), static_cast<int32_t>(std::clamp(*zero_point, -1e6, 1e6)));
    const DType dtype = is_signed ? DType::kI8 : DType::kU8;
    TMC_TRY(ir::verify_quantization({dtype, Shape()}, module.output).at_node(name));
    if (!is_signed) shift_to_signed(module.output);
    module.is_stub = tensor.type.shape.rank() == 1 && state.find(name + std::string(kWeight)) == nullptr;
    modules.push_back(std::move(module));
  }
  if (!modules.empty()) return modules;
  return error(Error::kBadInput, "the state dictionary holds no scales of activations")
      .with_hint("save it after static quantisation: torch.ao.quantization.convert(model).state_dict()");
}

class NodeFinder {
 public:
  NodeFinder(const Graph& graph, std::vector<Module> modules) : graph_(&graph), modules_(std::move(modules)) {}

  Result<std::vector<Module>> find() {
    std::vector<NodeId> functional;
    for (const NodeId id : graph_->order()) {
      if (Module* module = owner_of(graph_->node(id))) {
        module->nodes.push_back(id);
      } else if (is_functional(graph_->node(id))) {
        functional.push_back(id);
      }
    }
    TMC_TRY(give_to_functional(functional));
    TMC_TRY(check_stubs());
    return std::move(modules_);
  }

 private:
  Module* module(std::string_view name) {
    const auto found = std::ranges::find_if(modules_, [&](const Module& m) { return !m.is_stub && m.name == name; });
    return found == modules_.end() ? nullptr : &*found;
  }
  // Fusing made a sequence of a module, whose first part has its weights.
  Module* module_or_fused(std::string_view name) {
    Module* found = module(name);
    if (found == nullptr && name.ends_with(kFusedFirst)) {
      found = module(name.substr(0, name.size() - kFusedFirst.size()));
    }
    return found;
  }

  Module* owner_of(const ir::Node& node) {
    if (Module* found = module_or_fused(module_path(node.name))) return found;
    if (node.inputs.size() < 2 || node.inputs[1] == ValueId::kNone) return nullptr;
    const std::string_view weights = graph_->value(node.inputs[1]).name;
    return weights.ends_with(kWeight) ? module_or_fused(weights.substr(0, weights.size() - kWeight.size())) : nullptr;
  }

  bool is_functional(const ir::Node& node) const {
    const bool joins = node.op.is<ops::Add>() || node.op.is<ops::Mul>() || node.op.is<ops::Concat>();
    return joins && node.inputs.size() > 1 &&
           std::ranges::none_of(node.inputs, [&](ValueId input) { return graph_->value(input).is_constant(); });
  }

  Status give_to_functional(const std::vector<NodeId>& nodes) {
    std::vector<Module*> waiting;
    std::string names;
    for (Module& candidate : modules_) {
      if (candidate.is_stub || !candidate.nodes.empty()) continue;
      waiting.push_back(&candidate);
      names += " '" + candidate.name + "'";
    }
    if (waiting.size() != nodes.size()) {
      return error(Error::kBadInput,
                   "the model has {} sums, products and concatenations of its own, the state dictionary {} modules "
                   "that are not found in it otherwise:{}",
                   nodes.size(), waiting.size(), names.empty() ? " none" : names)
          .with_hint(
              "export the ONNX file from the float form of the same network with PyTorch 1.13 or newer, which "
              "writes module paths into the names of nodes");
    }
    for (size_t i = 0; i < nodes.size(); ++i) waiting[i]->nodes.push_back(nodes[i]);
    return {};
  }

  Status check_stubs() const {
    const auto stubs = std::ranges::count_if(modules_, &Module::is_stub);
    if (static_cast<size_t>(stubs) == graph_->inputs().size()) return {};
    return error(Error::kBadInput, "the model has {} inputs, the state dictionary {} quantize stubs",
                 graph_->inputs().size(), stubs)
        .with_hint("quantise each input with a QuantStub of its own, and nothing else");
  }

  const Graph* graph_;
  std::vector<Module> modules_;
};

}  // namespace

std::string module_path(std::string_view node_name) {
  if (!node_name.starts_with('/')) return {};
  std::string path, last;
  for (size_t begin = 1; begin < node_name.size();) {
    const size_t end = node_name.find('/', begin);
    if (end == std::string_view::npos) break;  // what is behind the last slash is the node's own
    const std::string part(node_name.substr(begin, end - begin));
    // A part of a sequence repeats the sequence's name: /body/body.0/.
    if (!last.empty() && part.starts_with(last + ".")) path.resize(path.size() - last.size());
    if (!path.empty() && !path.ends_with('.')) path += '.';
    path += part;
    last = part;
    begin = end + 1;
  }
  return path;
}

Result<std::vector<Module>> find_modules(const Graph& graph, const StateDict& state) {
  TMC_ASSIGN(std::vector<Module> modules, list_modules(state));
  return NodeFinder(graph, std::move(modules)).find();
}

}  // namespace tmc::frontend::pytorch
