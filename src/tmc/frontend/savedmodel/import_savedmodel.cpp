// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/import_savedmodel.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "saved_model.pb.h"
#include "tmc/frontend/common/open_shape.hpp"
#include "tmc/frontend/savedmodel/graph_import.hpp"
#include "tmc/frontend/savedmodel/reference.hpp"
#include "tmc/frontend/savedmodel/types.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend {
namespace {

using namespace savedmodel;

// An input or an output of what is imported.
struct Port {
  std::string name;
  std::string tensor;
  int32_t dtype = 0;
  const proto::TensorShapeProto* shape = nullptr;
};
struct Ports {
  std::vector<Port> inputs, outputs;
};

// By name: messages do not say in which order a signature has them.
std::vector<Port> ports_of(const google::protobuf::Map<std::string, proto::TensorInfo>& tensors) {
  std::vector<Port> ports;
  for (const auto& [name, info] : tensors) ports.push_back({name, info.name(), info.dtype(), &info.tensor_shape()});
  std::ranges::sort(ports, {}, &Port::name);
  return ports;
}

Result<Ports> signature_of(const proto::MetaGraphDef& model) {
  constexpr const char* kUsual = "serving_default";
  std::vector<std::string> names;
  for (const auto& [name, signature] : model.signature_def()) {
    if (signature.outputs_size() > 0 && !name.starts_with("__saved_model")) names.push_back(name);
  }
  std::ranges::sort(names);
  const bool has_usual = std::ranges::find(names, kUsual) != names.end();
  if (!has_usual && names.size() != 1) {
    const std::string others = names.empty() ? "it has none" : fmt::format("it has {}", fmt::join(names, ", "));
    return error(Error::kMalformed, "the SavedModel has no signature '{}': {}", kUsual, others)
        .with_hint("save it with tf.saved_model.save(model, folder, signatures=function), or with keras.Model.export");
  }
  const auto& signature = model.signature_def().at(has_usual ? kUsual : names.front());
  return Ports{ports_of(signature.inputs()), ports_of(signature.outputs())};
}

Result<ops::TensorType> type_of(const Port& port, ShapeBinder& binder) {
  ops::TensorType type;
  TMC_ASSIGN(type.dtype, dtype_of(port.dtype));
  const bool is_half = type.dtype == DType::kF16 || type.dtype == DType::kBF16;
  if (is_half) type.dtype = DType::kF32;
  TMC_ASSIGN(type.shape, binder.bind(port.name));
  TMC_TRY(ir::verify_type(type));
  return type;
}

Result<std::map<std::string, Value>> add_inputs(const std::vector<Port>& inputs, const ImportOptions& options,
                                                onnx_format::StepImport& steps, Refusals& refusals) {
  ShapeBinder binder(options);
  for (const Port& port : inputs) {
    TMC_ASSIGN(OpenShape shape, open_shape_of(*port.shape));
    const bool is_open = shape.has_rank && shape.extents.rank() > 0 && shape.extents[0] < 0;
    if (is_open && !options.shapes.contains(port.name)) shape.extents[0] = 1;
    binder.declare(port.name, std::move(shape));
  }
  TMC_TRY(binder.check_names());
  std::map<std::string, Value> given;
  for (const Port& port : inputs) {
    Value& value = given[Reference(port.tensor).node];
    const Result<ops::TensorType> type = type_of(port, binder);
    if (type.ok()) {
      steps.add_input(port.name, *type);
      value = {Value::Kind::kTensor, port.name};
    } else if (Refusals::is_refusal(type.status())) {
      refusals.add("", port.name, type.status());
    } else {
      return Status(type.status()).at_node(port.name);
    }
  }
  return given;
}

Status import_ports(const Ports& ports, const proto::GraphDef& message, Variables& variables,
                    const ImportOptions& options, ir::Graph& graph, Refusals& refusals) {
  onnx_format::StepImport steps(options, graph);
  GraphImport nodes(message, variables, steps, refusals);
  // Names of inputs and outputs are theirs alone; they may be the same.
  std::vector<std::string> tensors, names;
  for (const Port& port : ports.inputs) nodes.new_name(port.name);
  for (const Port& port : ports.outputs) {
    tensors.push_back(port.tensor);
    names.push_back(nodes.new_name(port.name));
    steps.expect_output(names.back());
  }
  graph.reserve_names(names);
  TMC_ASSIGN(auto given, add_inputs(ports.inputs, options, steps, refusals));
  TMC_ASSIGN(const std::vector<Value> values, nodes.import(tensors, std::move(given)));
  for (size_t i = 0; i < values.size(); ++i) {
    if (values[i].kind == Value::Kind::kRefused) continue;
    if (values[i].kind != Value::Kind::kTensor) {
      return error(Error::kMalformed, "the output '{}' is no tensor, but a variable or a list", ports.outputs[i].name);
    }
    TMC_TRY(steps.run({"Identity", {values[i].name}, {names[i]}}, names[i]));
    TMC_TRY(steps.add_output(names[i]));
  }
  return {};
}

Result<ir::Graph> import_graph(const Ports& ports, const proto::GraphDef& message, Variables& variables,
                               const ImportOptions& options, Refusals& refusals) {
  ir::Graph graph;
  graph.requantization = ir::Requantization::kOneRounding;
  TMC_TRY(import_ports(ports, message, variables, options, graph, refusals));
  if (refusals.empty()) TMC_TRY(ir::verify(graph));
  return graph;
}

const proto::MetaGraphDef* served_model(const proto::SavedModel& file) {
  for (const auto& model : file.meta_graphs()) {
    const auto& tags = model.meta_info_def().tags();
    if (std::ranges::find(tags, "serve") != tags.end()) return &model;
  }
  return file.meta_graphs_size() == 1 ? &file.meta_graphs(0) : nullptr;
}

bool parse(google::protobuf::MessageLite& message, std::span<const std::byte> bytes) {
  return bytes.size() <= INT32_MAX && message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

}  // namespace

Result<ir::Graph> import_savedmodel(const ReadModelFile& files, const ImportOptions& options, Refusals& refusals) {
  TMC_ASSIGN(const std::string content, files("saved_model.pb"));
  proto::SavedModel file;
  if (!parse(file, std::as_bytes(std::span(content)))) {
    return error(Error::kMalformed, "saved_model.pb is truncated or damaged").with_hint("save the model again");
  }
  const proto::MetaGraphDef* model = served_model(file);
  if (model == nullptr) return error(Error::kMalformed, "the SavedModel has no graph that is tagged 'serve'");
  TMC_ASSIGN(const Ports ports, signature_of(*model));
  Variables variables(*model, files);
  return import_graph(ports, model->graph_def(), variables, options, refusals);
}

bool is_frozen_graph(std::span<const std::byte> file) {
  constexpr std::byte kFirstField{0x0a};  // a node, whose first field is its name
  proto::GraphDef graph;
  return file.size() > 2 && file[0] == kFirstField && parse(graph, file) && graph.node_size() > 0 &&
         !graph.node(0).op().empty();
}

Result<ir::Graph> import_frozen_graph(std::span<const std::byte> file, const ImportOptions& options,
                                      Refusals& refusals) {
  proto::MetaGraphDef model;
  proto::GraphDef& graph = *model.mutable_graph_def();
  if (!parse(graph, file)) return error(Error::kMalformed, "it is truncated or damaged");
  std::set<std::string> read;
  for (const auto& node : graph.node()) {
    for (const std::string& input : node.input()) read.insert(Reference(input).node);
  }
  Ports ports;
  for (const auto& node : graph.node()) {
    if (node.op() == "Placeholder") {
      const auto& attributes = node.attr();
      const auto dtype = attributes.find("dtype");
      const auto shape = attributes.find("shape");
      if (dtype == attributes.end() || shape == attributes.end()) {
        return error(Error::kMalformed, "it does not say its type and shape").at_node(node.name());
      }
      ports.inputs.push_back({node.name(), node.name(), dtype->second.type(), &shape->second.shape()});
    } else if (!read.contains(node.name()) && node.op() != "NoOp" && node.op() != "Const") {
      ports.outputs.push_back({node.name(), node.name()});
    }
  }
  if (ports.outputs.empty()) return error(Error::kMalformed, "nothing of the graph is an output");
  Variables variables(model, [](const std::string&) -> Result<std::string> {
    return error(Error::kMalformed, "the graph has variables, whose values lie elsewhere")
        .with_hint("save the model as a SavedModel");
  });
  return import_graph(ports, graph, variables, options, refusals);
}

}  // namespace tmc::frontend
