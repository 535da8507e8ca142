// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/variables.hpp"

#include "saved_model.pb.h"
#include "tmc/frontend/savedmodel/reference.hpp"

namespace tmc::frontend::savedmodel {
namespace {

using Nodes = google::protobuf::RepeatedPtrField<proto::NodeDef>;
using Names = std::map<std::string, std::string>;

// The assignments of a graph, or of a function whose arguments are these nodes.
class Assignments {
 public:
  Assignments(const Nodes& nodes, const Names& arguments) : arguments_(arguments) {
    for (const auto& node : nodes) nodes_[node.name()] = &node;
  }

  void add_to(Names& keys) const {
    for (const auto& [name, node] : nodes_) {
      const bool assigns = node->op() == "AssignVariableOp" || node->op() == "Assign";
      if (!assigns || node->input_size() < 2) continue;
      const std::string variable = Reference(node->input(0)).node;
      const auto argument = arguments_.find(variable);
      const std::string key = key_of(node->input(1));
      if (!key.empty()) keys.emplace(argument == arguments_.end() ? variable : argument->second, key);
    }
  }

 private:
  const proto::NodeDef* find(const std::string& name) const {
    const auto found = nodes_.find(name);
    return found == nodes_.end() ? nullptr : found->second;
  }

  // Text `index` of the constant; empty where there is none.
  std::string text_of(const std::string& input, int64_t index) const {
    const proto::NodeDef* node = find(Reference(input).node);
    if (node == nullptr || node->op() != "Const") return {};
    const auto value = node->attr().find("value");
    if (value == node->attr().end() || value->second.tensor().string_val_size() == 0 || index < 0) return {};
    const auto& texts = value->second.tensor().string_val();
    return texts.Get(static_cast<int>(std::min<int64_t>(index, texts.size() - 1)));
  }

  // The key that is read for a tensor; empty where it is none that is read, or a part of a variable.
  std::string key_of(std::string input) const {
    constexpr int kMostSteps = 16;
    for (int step = 0; step < kMostSteps; ++step) {
      const Reference reference(input);
      const proto::NodeDef* node = find(reference.node);
      if (node == nullptr || node->input_size() == 0) return {};
      if (node->op() == "RestoreV2" && node->input_size() >= 3) {
        return text_of(node->input(2), reference.index).empty() ? text_of(node->input(1), reference.index) : "";
      }
      if (node->op() != "Identity") return {};
      input = node->input(0);
    }
    return {};
  }

  std::map<std::string, const proto::NodeDef*> nodes_;
  const Names& arguments_;
};

}  // namespace

Variables::Variables(const proto::MetaGraphDef& model, ReadFile files) : files_(std::move(files)) {
  const proto::GraphDef& graph = model.graph_def();
  Assignments(graph.node(), {}).add_to(keys_);
  const std::string restore = Reference(model.saver_def().restore_op_name()).node;
  for (const auto& node : graph.node()) {
    const auto called = node.attr().find("f");
    if (node.name() != restore || called == node.attr().end()) continue;
    for (const auto& function : graph.library().function()) {
      if (function.signature().name() != called->second.func().name()) continue;
      Names arguments;
      for (int i = 0; i < function.signature().input_arg_size() && i < node.input_size(); ++i) {
        arguments[function.signature().input_arg(i).name()] = Reference(node.input(i)).node;
      }
      Assignments(function.node_def(), arguments).add_to(keys_);
    }
  }
}

Result<FileTensor> Variables::read(const std::string& node, ConstantBudget& budget) {
  const auto key = keys_.find(node);
  if (key == keys_.end()) {
    return error(Error::kMalformed, "the model does not say what its variable '{}' is restored to", node)
        .with_hint("save the model with tf.saved_model.save or keras.Model.export");
  }
  if (!checkpoint_) {
    TMC_ASSIGN(checkpoint_, Checkpoint::open(files_));
  }
  return checkpoint_->read(key->second, budget);
}

}  // namespace tmc::frontend::savedmodel
