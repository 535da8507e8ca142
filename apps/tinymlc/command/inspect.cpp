// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "command.hpp"
#include "cost_report.hpp"
#include "tmc/ir/json.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/program/json.hpp"
#include "tmc/program/text.hpp"

namespace tmc::app {
namespace {

// Constants larger than this are not printed in the text form; the JSON form always holds all.
constexpr int64_t kLargestConstantBytes = 64;

struct InspectArguments {
  ModelOptions model;
  std::string after;
  bool json = false;
  bool yaml = false;
  bool text = false;
  bool cost = false;
};

Json tensor_json(const ir::Value& value) {
  Json json = {{"name", value.name}, {"dtype", dtype_name(value.type.dtype)}};
  json["shape"] = std::vector<int64_t>(value.type.shape.begin(), value.type.shape.end());
  const bool quantized = !value.quantization.empty() && !value.quantization.per_axis();
  json["scale"] = quantized ? Json(value.quantization.scale()) : Json(nullptr);
  json["zero_point"] = quantized ? Json(value.quantization.zero_point()) : Json(nullptr);
  return json;
}

// The inputs and outputs that the caller sees: what lasts from run to run is listed as states.
struct Ports {
  std::vector<ir::ValueId> inputs, outputs;
};

Ports caller_ports(const ir::Graph& graph) {
  Ports ports = {graph.inputs(), graph.outputs()};
  for (const ir::State& state : graph.states) {
    std::erase(ports.inputs, graph.inputs()[state.input]);
    std::erase(ports.outputs, graph.outputs()[state.output]);
  }
  return ports;
}

Json ports_json(const ir::Graph& graph, const std::vector<ir::ValueId>& ids) {
  Json json = Json::array();
  for (const ir::ValueId id : ids) json.push_back(tensor_json(graph.value(id)));
  return json;
}

// A state is named as its input is; `next` is the output of which the following run reads it.
Json states_json(const ir::Graph& graph) {
  Json json = Json::array();
  for (const ir::State& state : graph.states) {
    Json one = tensor_json(graph.value(graph.inputs()[state.input]));
    one["next"] = graph.value(graph.outputs()[state.output]).name;
    json.push_back(std::move(one));
  }
  return json;
}

struct Summary {
  int64_t macs = 0;
  int64_t constant_bytes = 0;
  std::map<std::string, int> nodes_by_op;
};

Summary summarize(const ir::Graph& graph) {
  Summary summary;
  for (const ir::NodeId id : graph.order()) {
    summary.macs += graph.macs(id);
    ++summary.nodes_by_op[std::string(graph.node(id).op.name())];
  }
  for (const ir::ValueId id : graph.values()) {
    const ir::Value& value = graph.value(id);
    if (value.is_constant()) summary.constant_bytes += static_cast<int64_t>(value.data->size_bytes());
  }
  return summary;
}

Json removed_json(const ir::RemovedWork& removed) {
  return {{"channels", removed.channels}, {"weights", removed.weights}, {"macs", removed.macs}};
}

Json to_json(const pipeline::Compilation& compilation) {
  const ir::Graph& graph = compilation.graph;
  const Summary summary = summarize(graph);
  Json nodes_by_op = Json::object();
  for (const auto& [op, count] : summary.nodes_by_op) nodes_by_op[op] = count;
  const Ports ports = caller_ports(graph);
  Json json = {{"model", compilation.model.filename().string()},
               {"inputs", ports_json(graph, ports.inputs)},
               {"outputs", ports_json(graph, ports.outputs)},
               {"states", states_json(graph)},
               {"macs", summary.macs},
               {"constant_bytes", summary.constant_bytes},
               {"nodes_by_op", std::move(nodes_by_op)},
               {"removed", removed_json(compilation.removed)},
               {"graph", ir::to_json(graph)}};
  if (compilation.has_program) json["program"] = program::to_json(compilation.program);
  return json;
}

std::string shape_text(const Shape& shape) {
  std::string text;
  for (const int64_t extent : shape) text += (text.empty() ? "" : "x") + std::to_string(extent);
  return text.empty() ? "scalar" : text;
}

void print_ports(const char* kind, const ir::Graph& graph, const std::vector<ir::ValueId>& ids) {
  for (const ir::ValueId id : ids) {
    const ir::Value& value = graph.value(id);
    fmt::print("{} '{}': {} {}", kind, value.name, dtype_name(value.type.dtype), shape_text(value.type.shape));
    if (!value.quantization.empty()) {
      fmt::print(", scale {:g}, zero point {}", value.quantization.scale(), value.quantization.zero_point());
    }
    fmt::print("\n");
  }
}

void print_nodes(const ir::Graph& graph) {
  std::vector<std::vector<std::string>> rows = {{"node", "op", "output", "dtype", "MACs"}};
  for (const ir::NodeId id : graph.order()) {
    const ir::Node& node = graph.node(id);
    const ir::Value& output = graph.value(node.outputs.front());
    rows.push_back({shortened(node.name), std::string(node.op.name()), shape_text(output.type.shape),
                    dtype_name(output.type.dtype), grouped(graph.macs(id))});
  }
  fmt::print("\n{}", table(rows));
}

void print_summary(const pipeline::Compilation& compilation) {
  const ir::Graph& graph = compilation.graph;
  const Summary summary = summarize(graph);
  const Ports ports = caller_ports(graph);
  print_ports("input ", graph, ports.inputs);
  for (const ir::State& state : graph.states) print_ports("state ", graph, {graph.inputs()[state.input]});
  print_ports("output", graph, ports.outputs);
  print_nodes(graph);
  fmt::print("\n{} nodes, {} MACs, {} bytes of constants\n", graph.order().size(), grouped(summary.macs),
             grouped(summary.constant_bytes));
}

Status run_cost(const InspectArguments& options) {
  TMC_ASSIGN(const pipeline::Compilation compilation, options.model.compile());
  TMC_ASSIGN(const cost::Cost cost, pipeline::predict_cost(compilation));
  if (options.json) {
    fmt::print("{}\n", cost_json(compilation, cost).dump(2));
  } else {
    print_cost(compilation, cost);
  }
  return {};
}

Status list_phases(bool json) {
  Json all = Json::array();
  std::vector<std::vector<std::string>> rows = {{"phase", "what it does"}};
  for (const pipeline::Phase& phase : pipeline::phases()) {
    all.push_back({{"room", phase.module}, {"name", phase.name}, {"doc", phase.doc}});
    rows.push_back({phase.module + "/" + phase.name, phase.doc});
  }
  fmt::print("{}", json ? all.dump(2) + "\n" : table(rows));
  return {};
}

// What reads back: the graph, or the program from the phase on that makes one.
std::string yaml_text(const pipeline::Compilation& compilation) {
  return compilation.has_program ? program::to_yaml(compilation.program) : ir::to_yaml(compilation.graph);
}

void print(const InspectArguments& options, const pipeline::Compilation& compilation) {
  if (options.json) {
    fmt::print("{}\n", to_json(compilation).dump(2));
  } else if (options.yaml) {
    fmt::print("{}", yaml_text(compilation));
  } else if (compilation.has_program) {
    fmt::print("{}", program::to_text(compilation.program));
  } else if (options.text || !options.after.empty()) {
    fmt::print("{}", ir::to_text(compilation.graph, {kLargestConstantBytes}));
  } else {
    print_summary(compilation);
  }
  // Not into the text, which reads back.
  if (!options.json && compilation.removed.channels > 0) fmt::print(stderr, "{}\n", removed_text(compilation.removed));
}

Status run_inspect(const InspectArguments& options) {
  if (options.after == "help") return list_phases(options.json);
  if (options.cost) return run_cost(options);
  // Without a phase: what the file says, before anything is rewritten.
  TMC_ASSIGN(const pipeline::Compilation compilation,
             options.model.compile(options.after.empty() ? "import" : options.after));
  print(options, compilation);
  std::fflush(stdout);
  // An image is compiled.
  return options.after.empty() && !compilation.has_program ? pipeline::check_imported(compilation) : Status();
}

}  // namespace

void add_inspect(Command& app, Exit& exit) {
  auto* command = app.add_subcommand("inspect", "What the model is, or what there is after a phase");
  auto options = std::make_shared<InspectArguments>();
  options->model.for_sources = true;
  options->model.add_to(*command);
  auto* after =
      command->add_option("--after", options->after, "phase, as opt/fuse_bias, or a module, as opt; `help` lists them");
  auto* json = command->add_flag("--json", options->json, "for machines");
  auto* yaml =
      command->add_flag("--yaml", options->yaml, "the graph or the program as YAML that reads back")->excludes(json);
  command->add_flag("--text", options->text, "the graph as text that reads back")->excludes(json)->excludes(yaml);
  command->add_flag("--cost", options->cost, "what it will cost on the target: predicted, nothing is built or run")
      ->excludes(after);
  command->callback([options, &exit] { exit.check(run_inspect(*options)); });
}

}  // namespace tmc::app
