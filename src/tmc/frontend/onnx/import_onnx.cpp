// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/import_onnx.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <unordered_set>

#include "tmc/frontend/common/open_shape.hpp"
#include "tmc/frontend/onnx/body.hpp"
#include "tmc/frontend/onnx/custom.hpp"
#include "tmc/frontend/onnx/declared.hpp"
#include "tmc/frontend/onnx/gradient.hpp"
#include "tmc/frontend/onnx/import_context.hpp"
#include "tmc/frontend/onnx/importers.hpp"
#include "tmc/frontend/onnx/nodes.hpp"
#include "tmc/frontend/onnx/open_extents.hpp"
#include "tmc/frontend/onnx/past_ports.hpp"
#include "tmc/frontend/onnx/qlinear.hpp"
#include "tmc/frontend/onnx/sequence.hpp"
#include "tmc/frontend/onnx/text.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend {
namespace {

using onnx_format::ImportContext;
using onnx_format::Importer;
using onnx_format::node_name;
using onnx_format::nodes_in_order;
using onnx_format::read_open_shape;

constexpr int64_t kOldestOpset = 1;
using onnx_format::kNewestOpset;

bool is_default_domain(const std::string& domain) {
  return domain.empty() || domain == "ai.onnx";
}

Result<int64_t> read_opset(const ::onnx::ModelProto& model) {
  int64_t opset = 0;
  bool has_default_domain = false;
  for (const auto& entry : model.opset_import()) {
    if (!is_default_domain(entry.domain())) continue;
    has_default_domain = true;
    opset = entry.version();
  }
  // A model of nothing but trees may say the version of their domain alone.
  if (!has_default_domain && model.opset_import_size() > 0) return kNewestOpset;
  if (opset >= kOldestOpset && opset <= kNewestOpset) return opset;
  return error(Error::kUnsupportedOp, "the model's opset is {}; {} to {} are supported", opset, kOldestOpset,
               kNewestOpset)
      .with_hint("export it with another opset, or convert it with onnx.version_converter");
}

// onnxruntime writes these under a domain of its own where the model's opset has no 16 bits for them; they say the
// same.
bool is_quantization_of_onnxruntime(const ::onnx::NodeProto& node) {
  return node.domain() == onnx_format::kMicrosoftDomain &&
         (node.op_type() == "QuantizeLinear" || node.op_type() == "DequantizeLinear");
}

const Importer* find_importer(const ::onnx::NodeProto& node, const ::onnx::ModelProto& model,
                              const ImportOptions& options) {
  static constexpr Importer kCustom = {"", &onnx_format::import_custom};
  if (onnx_format::is_custom(node, options.custom.get())) return &kCustom;
  static constexpr Importer kModelFunction = {"", &onnx_format::import_model_function};
  if (onnx_format::find_function(model, node) != nullptr) return &kModelFunction;
  if (node.domain() == "ai.onnx.ml") return onnx_format::find_ml_importer(node.op_type());
  static constexpr Importer kQlinear = {"", &onnx_format::import_qlinear};
  if (node.domain() == onnx_format::kMicrosoftDomain && !is_quantization_of_onnxruntime(node)) {
    return onnx_format::is_qlinear(node.op_type()) ? &kQlinear : onnx_format::find_microsoft_importer(node.op_type());
  }
  if (const Importer* of_gradient = onnx_format::find_gradient_importer(node.domain(), node.op_type()))
    return of_gradient;
  if (!is_default_domain(node.domain()) && !is_quantization_of_onnxruntime(node)) return nullptr;
  return onnx_format::find_importer(node.op_type());
}

std::string operator_name(const ::onnx::NodeProto& node) {
  return is_default_domain(node.domain()) ? node.op_type() : fmt::format("{}:{}", node.domain(), node.op_type());
}

std::vector<std::string> tensor_names(const ::onnx::GraphProto& graph) {
  std::vector<std::string> names;
  for (const auto& input : graph.input()) names.push_back(input.name());
  for (const auto& initializer : graph.initializer()) names.push_back(initializer.name());
  for (const auto& node : graph.node()) names.insert(names.end(), node.output().begin(), node.output().end());
  return names;
}

void find_unknown(const ::onnx::GraphProto& graph, const ::onnx::ModelProto& model, const ImportOptions& options,
                  Refusals& refusals) {
  for (int i = 0; i < graph.node_size(); ++i) {
    const auto& node = graph.node(i);
    if (find_importer(node, model, options) == nullptr) refusals.add_unknown(operator_name(node), node_name(node, i));
  }
}

// The file does not say how many elements there are: the given shapes do.
Status add_sequence(const ::onnx::ValueInfoProto& input, const ImportOptions& options, ImportContext& context) {
  const auto& element = input.type().sequence_type().elem_type();
  const std::vector<Shape> shapes = onnx_format::sequence_shapes(input.name(), options);
  if (!element.has_tensor_type() || shapes.empty()) {
    return error(Error::kUnsupportedType, "this input is a sequence, of which the file does not say the length")
        .with_hint(fmt::format("give it as --shape {0}=3x2x4, for 3 tensors of [2, 4], or --shape {0}_0=4 and so on",
                               input.name()));
  }
  TMC_ASSIGN(const DType dtype, onnx_format::read_dtype(element.tensor_type().elem_type()));
  TMC_ASSIGN(const OpenShape open, read_open_shape(element.tensor_type()));
  for (const Shape& shape : shapes) {
    bool fits = !open.has_rank || shape.rank() == open.extents.rank();
    for (int axis = 0; fits && open.has_rank && axis < shape.rank(); ++axis) {
      fits = open.extents[axis] < 0 || open.extents[axis] == shape[axis];
    }
    if (!fits) {
      return error(Error::kBadUsage, "an element of the shape {} is given, the file has others", fmt::join(shape, "x"));
    }
  }
  return context.add_sequence_input(input.name(), shapes, onnx_format::widened(dtype));
}

// With as many bytes each as the caller says.
Status add_strings(const std::string& name, ShapeBinder& binder, const ImportOptions& options, ImportContext& context) {
  ops::TensorType type{DType::kU8, {}};
  TMC_ASSIGN(type.shape, binder.bind(name));
  const auto bound = context.bound_of(name);
  if (!type.shape.push_back(bound.value_or(onnx_format::kUsualTextBytes))) {
    return error(Error::kUnsupportedShape, "its strings are more than rank {}", Shape::kMaxRank - 1);
  }
  TMC_TRY(ir::verify_type(type));
  if (!bound) {
    options.warn(fmt::format("the strings of '{}' have at most {} bytes of UTF-8; --bound {}=N says another number",
                             name, onnx_format::kUsualTextBytes, name));
  }
  context.add_text_input(name, type);
  return {};
}

Status add_input(const ::onnx::ValueInfoProto& input, const ImportOptions& options, ShapeBinder& binder,
                 ImportContext& context) {
  if (input.type().has_sequence_type()) return add_sequence(input, options, context);
  if (!input.type().has_tensor_type()) {
    return error(Error::kUnsupportedType, "this input is no tensor, but a map or an optional")
        .with_hint("cut the model off behind it: onnx.utils.extract_model does that");
  }
  if (input.type().tensor_type().elem_type() == ::onnx::TensorProto::STRING) {
    return add_strings(input.name(), binder, options, context);
  }
  ops::TensorType type;
  TMC_ASSIGN(type.dtype, onnx_format::read_dtype(input.type().tensor_type().elem_type()));
  type.dtype = onnx_format::widened(type.dtype);
  TMC_ASSIGN(OpenShape open, read_open_shape(input.type().tensor_type()));
  const auto given = options.shapes.find(input.name());
  const Shape& shape = given == options.shapes.end() ? open.extents : given->second;
  if ((open.has_rank || given != options.shapes.end()) && shape.elements() == 0) {
    context.add_empty_input(input.name(), {type.dtype, shape});
    context.set_input_type(input.name(), input.type().tensor_type().elem_type());
    return {};
  }
  TMC_ASSIGN(type.shape, binder.bind(input.name()));
  TMC_TRY(ir::verify_type(type));
  context.add_graph_input(input.name(), type, std::move(open.symbols));
  context.set_input_type(input.name(), input.type().tensor_type().elem_type());
  return {};
}

// Constants may be listed among the inputs, too.
Status add_ports(const ::onnx::GraphProto& graph, const ImportOptions& options, ImportContext& context,
                 Refusals& refusals) {
  // A tensor that is refused: whoever reads it is not to be blamed.
  const auto refuse = [&](const std::string& tensor, const Status& status) {
    refusals.add("", tensor, status);
    context.skip_tensor(tensor);
  };
  std::unordered_set<std::string> constants, inputs;
  ShapeBinder binder(options);
  for (const auto& initializer : graph.initializer()) {
    Status status = context.add_initializer(initializer);
    constants.insert(initializer.name());
    if (status.ok()) continue;
    if (!Refusals::is_refusal(status)) return status;
    refuse(initializer.name(), status);
  }
  for (const auto& sparse : graph.sparse_initializer()) {
    refuse(
        sparse.values().name(),
        error(Error::kUnsupportedType, "this constant is sparse").with_hint("export the model with dense constants"));
  }
  for (const auto& output : graph.output()) context.expect_graph_output(output.name());
  for (const auto& node : graph.node()) {
    for (const std::string& name : node.input()) context.expect_read(name);
    for (const std::string& name : onnx_format::captured_names(node)) context.expect_read(name);
  }
  for (const auto& input : graph.input()) {
    Result<OpenShape> open = read_open_shape(input.type().tensor_type());
    if (!open.ok()) return std::move(open).status().at_node(input.name());
    if (!constants.contains(input.name())) binder.declare(input.name(), *std::move(open));
    if (!input.type().has_sequence_type()) continue;
    const size_t count = onnx_format::sequence_shapes(input.name(), options).size();
    for (size_t i = 0; i < count; ++i)
      binder.declare(onnx_format::element_name(input.name(), i), {.extents = {}, .symbols = {}, .has_rank = false});
  }
  TMC_TRY(binder.check_names());
  for (const auto& input : graph.input()) {
    if (constants.contains(input.name())) continue;
    if (input.name().empty() || !inputs.insert(input.name()).second) {
      return error(Error::kMalformed, "the graph has two inputs named '{}', or one without a name", input.name());
    }
    Status status = add_input(input, options, binder, context).at_node(input.name());
    if (status.ok()) continue;
    if (!Refusals::is_refusal(status)) return status;
    refuse(input.name(), status);
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
        .with_hint("remove the entry, or export the model again");
  }
  return ir::Requantization::kOneRounding;
}

// Imports the nodes; one that is refused gives graph inputs instead, so that those behind it are looked at too.
Status import_nodes(const ::onnx::GraphProto& graph, const std::vector<size_t>& order, const ::onnx::ModelProto& model,
                    const ImportOptions& options, ImportContext& context, Refusals& refusals) {
  const auto types = onnx_format::declared_types(graph);
  context.declare(types, onnx_format::implied_shapes(graph, types));
  for (const size_t at : order) {
    const auto& node = graph.node(static_cast<int>(at));
    const std::string name = node_name(node, static_cast<int>(at));
    if (const Importer* importer = find_importer(node, model, options)) {
      const auto of_strings = [&](ImportContext& node_at) {
        return onnx_format::import_moved_strings(node_at, importer->import);
      };
      const bool moves_strings = onnx_format::moves_elements(node.op_type()) && context.reads_text(node);
      Status status = moves_strings ? context.import_node(node, name, of_strings)
                                    : context.import_node(node, name, importer->import);
      if (status.ok()) continue;
      const bool is_refusal = Refusals::is_refusal(status);
      // What contradicts itself behind a node that is not supported may do so because of that.
      if (!is_refusal && refusals.empty()) return status;
      if (is_refusal && !context.missed_an_operand()) refusals.add(operator_name(node), name, status);
    }
    context.skip_node(node);
  }
  return {};
}

Result<ir::Graph> import_model(const ::onnx::ModelProto& model, const std::filesystem::path& folder,
                               const ImportOptions& options, Refusals& refusals) {
  const ::onnx::GraphProto& file_graph = model.graph();
  find_unknown(file_graph, model, options, refusals);
  ir::Graph graph;
  graph.name = file_graph.name();
  const Result<int64_t> opset = read_opset(model);
  if (!opset.ok()) {
    refusals.add("", file_graph.name(), opset.status());
    return graph;
  }
  TMC_ASSIGN(const std::vector<size_t> order, nodes_in_order(file_graph, options));
  TMC_ASSIGN(graph.requantization, read_requantization(model));
  graph.reserve_names(tensor_names(file_graph));
  ImportContext context(*opset, folder, options, graph);
  context.import_bodies_by(
      [&](const ::onnx::GraphProto& body) -> Status {
        find_unknown(body, model, options, refusals);
        TMC_ASSIGN(const std::vector<size_t> order_of_body, nodes_in_order(body, options));
        return import_nodes(body, order_of_body, model, options, context, refusals);
      },
      model);
  TMC_TRY(add_ports(file_graph, options, context, refusals));
  TMC_TRY(import_nodes(file_graph, order, model, options, context, refusals));
  for (const auto& output : file_graph.output()) TMC_TRY(context.add_graph_output(output.name()));
  context.add_counts();
  if (refusals.empty()) TMC_TRY(context.check_bounds());
  if (refusals.empty()) TMC_TRY(ir::verify(graph));
  return graph;
}

Result<::onnx::ModelProto> parse(std::span<const std::byte> file) {
  ::onnx::ModelProto model;
  const bool parsed = file.size() <= INT32_MAX && model.ParseFromArray(file.data(), static_cast<int>(file.size()));
  if (parsed && model.has_graph()) return model;
  return error(Error::kMalformed, "it is no ONNX file, or it is truncated or damaged")
      .with_hint("export the model or copy it here again");
}

}  // namespace

Result<std::optional<PastPorts>> find_onnx_past(std::span<const std::byte> file, const ImportOptions& options) {
  TMC_ASSIGN(const ::onnx::ModelProto model, parse(file));
  return onnx_format::find_past_ports(model, options);
}

Result<ir::Graph> import_onnx(std::span<const std::byte> file, const std::filesystem::path& folder,
                              const ImportOptions& options, Refusals& refusals) {
  TMC_ASSIGN(::onnx::ModelProto model, parse(file));
  if (!options.past) return import_model(model, folder, options, refusals);
  TMC_ASSIGN(const std::optional<PastPorts> ports, onnx_format::find_past_ports(model, options));
  if (!ports) return error(Error::kInternal, "there is no past that could be bound");
  ImportOptions bound = options;
  TMC_TRY(onnx_format::bind_past(model, *ports, bound));
  return import_model(model, folder, bound, refusals);
}

Result<ir::Graph> import_onnx(std::span<const std::byte> file, const std::filesystem::path& folder,
                              const ImportOptions& options) {
  Refusals refusals;
  TMC_ASSIGN(ir::Graph graph, import_onnx(file, folder, options, refusals));
  TMC_TRY(refusals.status());
  return graph;
}

}  // namespace tmc::frontend
