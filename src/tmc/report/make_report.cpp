// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/report/make_report.hpp"

#include <cxxabi.h>
#include <fmt/ranges.h>
#include <stdlib.h>

#include <bit>
#include <cmath>
#include <memory>
#include <set>

#include "tmc/program/instances.hpp"
#include "tmc/program/layers.hpp"
#include "tmc/program/names.hpp"

namespace tmc::report {
namespace {

using program::Program;

std::vector<NamedText> params_of(const program::Step& step) {
  std::vector<NamedText> params;
  size_t word = 0;
  for (const kernels::ParamInfo& info : step.implementation->kernel->params) {
    std::string values;
    for (int32_t i = 0; i < info.count; ++i, ++word) {
      const int32_t value = step.params[word];
      if (i > 0) values += ", ";
      values += info.is_float ? fmt::format("{}", std::bit_cast<float>(value)) : fmt::format("{}", value);
    }
    params.push_back({info.name, std::move(values)});
  }
  return params;
}

void add_constants(const Program& program, const program::Layer& steps, Layer& layer) {
  std::set<int32_t> seen;
  for (const int32_t step : steps.steps) {
    for (const program::Operand& operand : program.steps[static_cast<size_t>(step)].operands) {
      if (operand.kind != program::Operand::Kind::kConstant || !seen.insert(operand.index).second) continue;
      const kernels::Blob& blob = program.constants[static_cast<size_t>(operand.index)].blob;
      (blob.is_table ? layer.table_bytes : layer.weight_bytes) += static_cast<int64_t>(blob.bytes.size());
    }
  }
}

std::vector<int32_t> functions_of_layer(const cost::Cost& cost, const program::Layer& layer) {
  std::set<int32_t> functions;
  for (const int32_t step : layer.steps) {
    functions.insert(static_cast<int32_t>(cost.layers[static_cast<size_t>(step)].instance));
  }
  return {functions.begin(), functions.end()};
}

std::vector<Layer> describe_layers(const Program& program, const std::vector<program::Layer>& found,
                                   const cost::Cost& cost, const BenchReport* measured) {
  const std::vector<LayerBench> benched = measured ? measured->layers : static_layers(program);
  std::vector<Layer> layers;
  for (size_t i = 0; i < found.size(); ++i) {
    const program::Step& step = program.steps[static_cast<size_t>(found[i].steps.front())];
    const cost::LayerCost predicted = cost::sum_of(cost, found[i]);
    Layer layer{.name = step.name,
                .op = step.op,
                .kernel = benched[i].kernel,
                .stripes = found[i].stripes,
                .why = step.choice,
                .params = params_of(step),
                .macs = benched[i].macs,
                .instructions = {std::llround(predicted.instructions), benched[i].instructions},
                .relative_error = predicted.relative_error,
                .fitted = predicted.fitted,
                .scratch_bytes = benched[i].scratch_bytes,
                .functions = functions_of_layer(cost, found[i])};
    add_constants(program, found[i], layer);
    layers.push_back(std::move(layer));
  }
  return layers;
}

std::vector<int32_t> layers_of_steps(const Program& program, const std::vector<program::Layer>& layers) {
  std::vector<int32_t> of_step(program.steps.size());
  for (size_t i = 0; i < layers.size(); ++i) {
    for (const int32_t step : layers[i].steps) of_step[static_cast<size_t>(step)] = static_cast<int32_t>(i);
  }
  return of_step;
}

// What the image's symbols that belong to `function` take. Compilers split a function and rename the parts, but the
// mangled names keep its length and name (Itanium C++ ABI, 5.1.3).
std::optional<int64_t> symbol_bytes(const BenchReport* measured, const std::string& function) {
  if (measured == nullptr || !measured->flash) return std::nullopt;
  const std::string mangled = fmt::format("{}{}E", function.size(), function);
  int64_t bytes = 0;
  for (const firmware::CodeSymbol& symbol : measured->code_symbols) {
    if (symbol.name.find(mangled) != std::string::npos) bytes += static_cast<int64_t>(symbol.bytes);
  }
  // Inlined into its only caller, it has no symbol of its own.
  return bytes > 0 ? std::optional(bytes) : std::nullopt;
}

std::vector<Function> functions_of(const cost::Cost& cost, const BenchReport* measured) {
  std::vector<Function> functions;
  for (const cost::InstanceCost& instance : cost.instances) {
    const std::optional<int64_t> predicted = cost.flash ? std::optional(instance.code_bytes) : std::nullopt;
    functions.push_back({instance.function,
                         instance.implementation->label(),
                         instance.specialised,
                         {predicted, symbol_bytes(measured, instance.function)}});
  }
  return functions;
}

// A symbol as people read it: without namespaces that only tell versions apart, and without parameters.
std::string readable(const std::string& symbol) {
  int status = 0;
  const std::unique_ptr<char, decltype(&free)> demangled(
      abi::__cxa_demangle(symbol.substr(0, symbol.find('.')).c_str(), nullptr, nullptr, &status), &free);
  if (status != 0 || !demangled) return symbol;
  std::string text = demangled.get();
  constexpr std::string_view kAnonymous = "(anonymous namespace)::";
  for (size_t at = text.find(kAnonymous); at != std::string::npos; at = text.find(kAnonymous)) {
    text.erase(at, kAnonymous.size());
  }
  return text.substr(0, text.find('('));
}

Flash flash_of(const cost::Cost& cost, const BenchReport* measured) {
  Flash flash;
  if (cost.flash) {
    flash.code.predicted = cost.flash->code;
    flash.weights.predicted = cost.flash->weights;
    flash.total.predicted = cost.flash->total();
  }
  if (measured == nullptr || !measured->flash) return flash;
  flash.code.measured = static_cast<int64_t>(measured->flash->code);
  flash.weights.measured = static_cast<int64_t>(measured->flash->weights);
  flash.total.measured = static_cast<int64_t>(measured->flash->total());
  for (const firmware::FlashSection& section : measured->flash_sections) {
    flash.sections.push_back({section.name, static_cast<int64_t>(section.bytes)});
  }
  for (const firmware::CodeSymbol& symbol : measured->code_symbols) {
    flash.symbols.push_back({readable(symbol.name), static_cast<int64_t>(symbol.bytes)});
  }
  return flash;
}

Arena arena_of(const Program& program) {
  Arena arena{.bytes = program.arena_bytes(),
              .lower_bound_bytes = program.plan.lower_bound_bytes,
              .method = program.plan.method,
              .optimal = program.plan.optimal,
              .reordered = program.plan.reordered,
              .buffers = {}};
  std::vector<int64_t> begins{0};  // of the regions, drawn one after the other
  for (const program::Region& region : program.regions) begins.push_back(begins.back() + region.used_bytes);
  const std::vector<program::Lifetime> lives = program::lifetimes(program);
  for (size_t i = 0; i < program.buffers.size(); ++i) {
    const program::Buffer& buffer = program.buffers[i];
    if (lives[i].last < lives[i].first) continue;
    arena.buffers.push_back({buffer.name, program::buffer_kind_name(buffer.kind), buffer.bytes,
                             begins[static_cast<size_t>(buffer.region)] + buffer.offset, lives[i].first,
                             lives[i].last});
  }
  return arena;
}

std::string quantization_text(const Quantization& quantization) {
  if (quantization.empty()) return "";
  if (!quantization.per_axis()) {
    return fmt::format("scale {:g}, zero point {}", quantization.scale(), quantization.zero_point());
  }
  const auto [low, high] = std::ranges::minmax(quantization.scales);
  return fmt::format("{} scales along axis {}, {:g} to {:g}", quantization.scales.size(), quantization.axis, low, high);
}

std::string field_text(const ops::FieldValue& value) {
  return std::visit([](const auto& plain) { return fmt::format("{}", plain); }, value);
}

// Layers carry the names of the nodes that they come from, in any order; a node without one had nothing to compute.
class LayersOfNodes {
 public:
  LayersOfNodes(const Program& program, const std::vector<program::Layer>& layers) {
    for (size_t i = 0; i < layers.size(); ++i) {
      const program::Step& step = program.steps[static_cast<size_t>(layers[i].steps.front())];
      layers_[{step.name, step.op}].push_back(static_cast<int32_t>(i));
    }
  }
  int32_t take(const ir::Node& node) {
    const auto found = layers_.find({node.name, std::string(node.op.name())});
    if (found == layers_.end() || found->second.empty()) return -1;
    const int32_t layer = found->second.front();
    found->second.erase(found->second.begin());
    return layer;
  }

 private:
  std::map<std::pair<std::string, std::string>, std::vector<int32_t>> layers_;
};

Graph graph_of(const ir::Graph& graph, LayersOfNodes layers) {
  Graph out;
  std::vector<int32_t> indices(graph.value_count(), -1);
  for (const ir::ValueId id : graph.values()) {
    const ir::Value& value = graph.value(id);
    indices[static_cast<size_t>(id)] = static_cast<int32_t>(out.values.size());
    out.values.push_back({value.name, dtype_name(value.type.dtype),
                          value.type.shape.rank() == 0 ? "scalar" : fmt::format("{}", fmt::join(value.type.shape, "x")),
                          quantization_text(value.quantization),
                          value.is_constant() ? static_cast<int64_t>(value.data->size_bytes()) : -1});
  }
  const auto index_list = [&](const std::vector<ir::ValueId>& ids) {
    std::vector<int32_t> list;
    for (const ir::ValueId id : ids) list.push_back(id == ir::ValueId::kNone ? -1 : indices[static_cast<size_t>(id)]);
    return list;
  };
  for (const ir::NodeId id : graph.order()) {
    const ir::Node& node = graph.node(id);
    Node& described = out.nodes.emplace_back();
    described.name = node.name;
    described.op = node.op.name();
    described.doc = node.op.info().doc;
    for (const ops::NamedValue& field : node.op.info().get_fields(node.op.attributes())) {
      described.attributes.push_back({field.name, field_text(field.value)});
    }
    described.inputs = index_list(node.inputs);
    described.outputs = index_list(node.outputs);
    described.layer = layers.take(node);
  }
  out.inputs = index_list(graph.inputs());
  out.outputs = index_list(graph.outputs());
  return out;
}

}  // namespace

Report make_report(const Subject& subject, const cost::Cost& cost, const BenchReport* measured) {
  const Program& program = subject.program;
  const std::vector<program::Layer> layers = program::find_layers(program);
  Report report{.model = subject.model.filename().string(),
                .target = subject.target.name,
                .target_title = subject.target.title,
                .optimize = std::string(optimize_name(subject.optimize)),
                .version = TMC_VERSION,
                .macs = cost.macs,
                .instructions = {std::llround(cost.instructions), {}},
                .relative_error = cost.relative_error,
                .cycles_estimate = {},
                .latency_us_p50 = {},
                .latency_us_p99 = {},
                .static_bytes = {},
                .stack_bytes = {},
                .flash = flash_of(cost, measured),
                .arena = arena_of(program),
                .layers = describe_layers(program, layers, cost, measured),
                .steps = layers_of_steps(program, layers),
                .functions = functions_of(cost, measured),
                .graph = graph_of(subject.graph, LayersOfNodes(program, layers))};
  report.removed_channels = subject.removed.channels;
  report.removed_weights = subject.removed.weights;
  report.removed_macs = subject.removed.macs;
  if (measured) {
    report.instructions.measured = measured->instructions;
    report.cycles_estimate = measured->cycles_estimate;
    report.latency_us_p50 = measured->latency_us_p50;
    report.latency_us_p99 = measured->latency_us_p99;
    if (measured->flash) report.static_bytes = static_cast<int64_t>(measured->ram.statics);
    report.stack_bytes = measured->ram.stack;
  }
  return report;
}

}  // namespace tmc::report
