// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/import_onnx.hpp"

#include <algorithm>
#include <unordered_set>

#include "tmc/frontend/common/node_order.hpp"
#include "tmc/frontend/common/open_shape.hpp"
#include "tmc/frontend/common/unsupported_ops.hpp"
#include "tmc/frontend/onnx/import_context.hpp"
#include "tmc/frontend/onnx/importers.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend {
namespace {

using onnx_format::ImportContext;
using onnx_format::Importer;

constexpr int64_t kOldestOpset = 7;
constexpr int64_t kNewestOpset = 25;

bool is_default_domain(const std::string& domain) {
  return domain.empty() || domain == "ai.onnx";
}

Result<int64_t> read_opset(const ::onnx::ModelProto& model) {
  int64_t opset = 0;
  for (const auto& entry : model.opset_import()) {
    if (is_default_domain(entry.domain())) opset = entry.version();
  }
  if (opset >= kOldestOpset && opset <= kNewestOpset) return opset;
  return error(Error::kUnsupportedOp, "the model's opset is {}; {} to {} are covered", opset, kOldestOpset,
               kNewestOpset)
      .remedied_by("export it with another opset, or convert it with onnx.version_converter");
}

const Importer* find_importer(const ::onnx::NodeProto& node) {
  if (!is_default_domain(node.domain())) return nullptr;
  const auto table = onnx_format::importers();
  const auto found = std::ranges::find(table, node.op_type(), &Importer::name);
  return found == table.end() ? nullptr : &*found;
}

std::string operator_name(const ::onnx::NodeProto& node) {
  return is_default_domain(node.domain()) ? node.op_type() : fmt::format("{}:{}", node.domain(), node.op_type());
}

std::string node_name(const ::onnx::NodeProto& node, int index) {
  if (!node.name().empty()) return node.name();
  const bool named = node.output_size() > 0 && !node.output(0).empty();
  return fmt::format("{}:{}", node.op_type(), named ? node.output(0) : fmt::to_string(index));
}

Status check_coverage(const ::onnx::GraphProto& graph) {
  UnsupportedOps missing;
  for (int i = 0; i < graph.node_size(); ++i) {
    if (find_importer(graph.node(i)) == nullptr) missing.add(operator_name(graph.node(i)), node_name(graph.node(i), i));
  }
  return missing.status();
}

std::vector<std::string> tensor_names(const ::onnx::GraphProto& graph) {
  std::vector<std::string> names;
  for (const auto& input : graph.input()) names.push_back(input.name());
  for (const auto& initializer : graph.initializer()) names.push_back(initializer.name());
  for (const auto& node : graph.node()) names.insert(names.end(), node.output().begin(), node.output().end());
  return names;
}

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

Result<std::vector<size_t>> order_nodes(const ::onnx::GraphProto& graph) {
  Numbering number;
  std::vector<int32_t> given;
  for (const auto& input : graph.input()) given.push_back(number(input.name()));
  for (const auto& initializer : graph.initializer()) given.push_back(number(initializer.name()));
  std::erase(given, -1);
  std::vector<FileNode> nodes;
  for (int i = 0; i < graph.node_size(); ++i) {
    const auto& node = graph.node(i);
    nodes.push_back({node_name(node, i), number(node.input()), number(node.output())});
  }
  return execution_order(nodes, number.size(), given);
}

Result<OpenShape> read_open_shape(const ::onnx::TypeProto_Tensor& type) {
  OpenShape shape;
  shape.has_rank = type.has_shape();
  bool has_symbols = false;
  for (const auto& dim : type.shape().dim()) {
    // A negative extent is how some exporters write an open one.
    const bool fixed = dim.has_dim_value() && dim.dim_value() >= 0;
    if (!shape.extents.push_back(fixed ? dim.dim_value() : -1)) {
      return error(Error::kUnsupportedShape, "it has a rank above {}", Shape::kMaxRank);
    }
    shape.symbols.push_back(dim.has_dim_param() ? dim.dim_param() : "");
    has_symbols = has_symbols || !shape.symbols.back().empty();
  }
  if (!has_symbols) shape.symbols.clear();
  return shape;
}

Status add_input(const ::onnx::ValueInfoProto& input, ShapeBinder& binder, ImportContext& context) {
  if (!input.type().has_tensor_type()) return error(Error::kUnsupportedType, "the input is no tensor");
  ops::TensorType type;
  TMC_ASSIGN(type.dtype, onnx_format::read_dtype(input.type().tensor_type().elem_type()));
  TMC_ASSIGN(OpenShape open, read_open_shape(input.type().tensor_type()));
  TMC_ASSIGN(type.shape, binder.bind(input.name()));
  TMC_TRY(ir::verify_type(type));
  context.add_graph_input(input.name(), type, std::move(open.symbols));
  return {};
}

// Constants may be listed among the inputs, too.
Status add_ports(const ::onnx::GraphProto& graph, const ImportOptions& options, ImportContext& context) {
  std::unordered_set<std::string> constants, inputs;
  ShapeBinder binder(options);
  for (const auto& initializer : graph.initializer()) {
    TMC_TRY(context.add_initializer(initializer));
    constants.insert(initializer.name());
  }
  if (graph.sparse_initializer_size() > 0) return error(Error::kUnsupportedType, "the model has sparse constants");
  for (const auto& output : graph.output()) context.expect_graph_output(output.name());
  for (const auto& node : graph.node()) {
    for (const std::string& name : node.input()) context.expect_read(name);
  }
  for (const auto& input : graph.input()) {
    Result<OpenShape> open = read_open_shape(input.type().tensor_type());
    if (!open.ok()) return std::move(open).status().at_node(input.name());
    if (!constants.contains(input.name())) binder.declare(input.name(), *std::move(open));
  }
  TMC_TRY(binder.check_names());
  for (const auto& input : graph.input()) {
    if (constants.contains(input.name())) continue;
    if (input.name().empty() || !inputs.insert(input.name()).second) {
      return error(Error::kMalformed, "the graph has two inputs named '{}', or one without a name", input.name());
    }
    TMC_TRY(add_input(input, binder, context).at_node(input.name()));
  }
  return {};
}

// What the exporter writes; another producer's file says nothing, and whoever runs it computes reals.
Result<ir::Requantization> read_requantization(const ::onnx::ModelProto& model) {
  for (const auto& entry : model.metadata_props()) {
    if (entry.key() != ir::kRequantizationKey) continue;
    const auto requantization = ir::requantization_from_name(entry.value());
    if (requantization) return *requantization;
    return error(Error::kMalformed, "its metadata '{}' is '{}'", entry.key(), entry.value())
        .remedied_by("remove the entry, or export the model again");
  }
  return ir::Requantization::kOneRounding;
}

Result<ir::Graph> import_model(const ::onnx::ModelProto& model, const std::filesystem::path& folder,
                               const ImportOptions& options) {
  const ::onnx::GraphProto& file_graph = model.graph();
  TMC_TRY(check_coverage(file_graph));
  TMC_ASSIGN(const int64_t opset, read_opset(model));
  TMC_ASSIGN(const std::vector<size_t> order, order_nodes(file_graph));
  ir::Graph graph;
  graph.name = file_graph.name();
  TMC_ASSIGN(graph.requantization, read_requantization(model));
  graph.reserve_names(tensor_names(file_graph));
  ImportContext context(opset, folder, graph);
  TMC_TRY(add_ports(file_graph, options, context));
  for (const size_t at : order) {
    const auto& node = file_graph.node(static_cast<int>(at));
    TMC_TRY(context.import_node(node, node_name(node, static_cast<int>(at)), find_importer(node)->import));
  }
  for (const auto& output : file_graph.output()) TMC_TRY(context.add_graph_output(output.name()));
  TMC_TRY(ir::verify(graph));
  return graph;
}

}  // namespace

Result<ir::Graph> import_onnx(std::span<const std::byte> file, const std::filesystem::path& folder,
                              const ImportOptions& options) {
  ::onnx::ModelProto model;
  const bool parsed = file.size() <= INT32_MAX && model.ParseFromArray(file.data(), static_cast<int>(file.size()));
  if (!parsed || !model.has_graph()) {
    return error(Error::kMalformed, "it is no ONNX file, or it is truncated or damaged")
        .remedied_by("export the model or copy it here again");
  }
  return import_model(model, folder, options);
}

}  // namespace tmc::frontend
