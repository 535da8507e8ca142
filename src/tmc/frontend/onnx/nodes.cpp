// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/nodes.hpp"

#include <unordered_map>
#include <unordered_set>

#include "tmc/frontend/common/node_order.hpp"
#include "tmc/frontend/onnx/body.hpp"

namespace tmc::frontend::onnx_format {
namespace {

// Tensors by number instead of name.
class Numbering {
 public:
  int32_t operator()(const std::string& name) {
    if (name.empty()) return -1;
    return numbers_.emplace(name, static_cast<int32_t>(numbers_.size())).first->second;
  }
  std::vector<int32_t> operator()(const google::protobuf::RepeatedPtrField<std::string>& names) {
    std::vector<int32_t> out;
    for (const std::string& name : names) out.push_back((*this)(name));
    return out;
  }
  size_t size() const { return numbers_.size(); }

 private:
  std::unordered_map<std::string, int32_t> numbers_;
};

std::string content(::onnx::TensorProto tensor) {
  tensor.clear_name();
  tensor.clear_doc_string();
  return tensor.SerializeAsString();
}

// Null where the node is no constant that is given as a tensor.
const ::onnx::TensorProto* constant_of(const ::onnx::NodeProto& node) {
  const bool is_constant = node.op_type() == "Constant" && node.output_size() == 1 && node.attribute_size() == 1;
  return is_constant && node.attribute(0).has_t() ? &node.attribute(0).t() : nullptr;
}

// Constant nodes that say again what is known already.
Result<std::unordered_set<size_t>> repeated_constants(const ::onnx::GraphProto& graph, const ImportOptions& options) {
  std::unordered_map<std::string, const ::onnx::TensorProto*> known;
  for (const auto& initializer : graph.initializer()) known.emplace(initializer.name(), &initializer);
  std::unordered_set<size_t> repeated;
  for (int i = 0; i < graph.node_size(); ++i) {
    const auto& node = graph.node(i);
    const ::onnx::TensorProto* tensor = constant_of(node);
    if (tensor == nullptr) continue;
    const auto [found, is_new] = known.emplace(node.output(0), tensor);
    if (is_new) continue;
    if (content(*found->second) != content(*tensor)) {
      return error(Error::kMalformed, "the file has two constants named '{}' with different values", node.output(0))
          .at_node(node_name(node, i))
          .with_hint("rename or remove one of them");
    }
    options.warn(fmt::format("the constant '{}' is in the file twice, with the same values", node.output(0)));
    repeated.insert(static_cast<size_t>(i));
  }
  return repeated;
}

}  // namespace

std::string node_name(const ::onnx::NodeProto& node, int index) {
  if (!node.name().empty()) return node.name();
  const bool named = node.output_size() > 0 && !node.output(0).empty();
  return fmt::format("{}:{}", node.op_type(), named ? node.output(0) : fmt::to_string(index));
}

Result<std::vector<size_t>> nodes_in_order(const ::onnx::GraphProto& graph, const ImportOptions& options) {
  TMC_ASSIGN(const std::unordered_set<size_t> left_out, repeated_constants(graph, options));
  Numbering number;
  std::vector<int32_t> given;
  for (const auto& input : graph.input()) given.push_back(number(input.name()));
  for (const auto& initializer : graph.initializer()) given.push_back(number(initializer.name()));
  std::erase(given, -1);
  std::vector<FileNode> nodes;
  for (int i = 0; i < graph.node_size(); ++i) {
    const auto& node = graph.node(i);
    nodes.push_back({node_name(node, i), number(node.input()), number(node.output())});
    for (const std::string& name : captured_names(node)) nodes.back().inputs.push_back(number(name));
    if (left_out.contains(static_cast<size_t>(i))) nodes.back().outputs.clear();
  }
  TMC_ASSIGN(std::vector<size_t> order, execution_order(nodes, number.size(), given));
  std::erase_if(order, [&](size_t at) { return left_out.contains(at); });
  return order;
}

}  // namespace tmc::frontend::onnx_format
