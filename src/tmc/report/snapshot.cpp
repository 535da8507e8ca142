// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// The two sources of a Snapshot: a compilation, and the manifest of a folder.
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "tmc/backend/cpp/manifest.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/base/host/json_reader.hpp"
#include "tmc/base/host/sha256.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/program/layers.hpp"
#include "tmc/program/stored_constants.hpp"
#include "tmc/report/diff.hpp"

namespace tmc::report {
namespace {

using Field = Described::Field;
using Json = json::Value;

Field text_field(std::string name, std::string text) {
  return {std::move(name), std::move(text), {}};
}

Field number_field(std::string name, int64_t number) {
  return {std::move(name), fmt::format("{}", number), number};
}

std::string type_text(const ir::Value& value) {
  std::string text = fmt::format("{} {}", dtype_name(value.type.dtype), fmt::join(value.type.shape, "x"));
  if (!value.quantization.empty() && !value.quantization.per_axis()) {
    text += fmt::format(", scale {:g}, zero point {}", value.quantization.scale(), value.quantization.zero_point());
  }
  return text;
}

// Tells weights apart without printing them.
std::string digest_of(const ir::Graph& graph, const ir::Node& node) {
  std::string bytes;
  for (const ir::ValueId id : node.inputs) {
    if (id == ir::ValueId::kNone || !graph.value(id).is_constant()) continue;
    const auto data = graph.value(id).data->bytes();
    bytes.append(reinterpret_cast<const char*>(data.data()), data.size());
  }
  return bytes.empty() ? "none" : sha256_hex(bytes).substr(0, 12);
}

Described describe(const ir::Graph& graph, const ir::Node& node) {
  Described entry{node.name, {text_field("operator", ir::to_text(node.op))}};
  std::string inputs;
  for (const ir::ValueId id : node.inputs) {
    if (id == ir::ValueId::kNone || graph.value(id).is_constant()) continue;
    inputs += (inputs.empty() ? "" : "; ") + type_text(graph.value(id));
  }
  entry.fields.push_back(text_field("inputs", inputs));
  entry.fields.push_back(text_field("output", type_text(graph.value(node.outputs.front()))));
  entry.fields.push_back(text_field("constants", digest_of(graph, node)));
  return entry;
}

// Of a layer, which may be several steps.
struct Totals {
  int64_t macs = 0, instructions = 0;
};

Described describe(const std::string& layer, const Totals& totals) {
  return {layer, {number_field("macs", totals.macs), number_field("instructions", totals.instructions)}};
}

std::vector<Described> plan_of(const program::Program& program) {
  std::vector<Described> plan = {
      {"arena",
       {number_field("bytes", program.arena_bytes()), number_field("lower_bound_bytes", program.plan.lower_bound_bytes),
        text_field("method", program.plan.method)}}};
  for (const program::Layer& layer : program::find_layers(program)) {
    const program::Step& step = program.steps[static_cast<size_t>(layer.steps.front())];
    plan.push_back(
        {step.name, {text_field("kernel", step.implementation->label()), number_field("stripes", layer.stripes)}});
  }
  for (const program::Buffer& buffer : program.buffers) {
    plan.push_back(
        {"buffer " + buffer.name, {number_field("bytes", buffer.bytes), number_field("offset", buffer.offset)}});
  }
  return plan;
}

// --- of a manifest

Status add_number(const Json& object, const char* member, std::string name, Described& entry) {
  int64_t number = 0;
  TMC_TRY(json::read_member(object, member, "number", number));
  entry.fields.push_back(number_field(std::move(name), number));
  return {};
}

Status add_text(const Json& object, const char* member, Described& entry) {
  std::string text;
  TMC_TRY(json::read_member(object, member, "text", text));
  entry.fields.push_back(text_field(member, text));
  return {};
}

struct ManifestLayer {
  std::string name, op, kernel;
  Totals totals;
};

Status read_steps(const Json& manifest, Snapshot& snapshot) {
  TMC_ASSIGN(const Json::Array* steps, json::array_member(manifest, "steps"));
  program::LayerFinder finder;
  std::vector<ManifestLayer> layers;
  for (const Json& step : *steps) {
    ManifestLayer read;
    int32_t stripe = -1;
    TMC_TRY(json::read_member(step, "name", "text", read.name));
    TMC_TRY(json::read_member(step, "op", "text", read.op));
    TMC_TRY(json::read_member(step, "kernel", "text", read.kernel));
    TMC_TRY(json::read_member(step, "macs", "number", read.totals.macs));
    TMC_TRY(json::read_member(step, "predicted_instructions", "number", read.totals.instructions));
    TMC_TRY(json::read_member(step, "stripe", "number", stripe));
    const size_t at = finder.add(read.name, read.op, read.kernel, stripe);
    if (at == layers.size()) {
      layers.push_back(std::move(read));
    } else {
      layers[at].totals.macs += read.totals.macs;
      layers[at].totals.instructions += read.totals.instructions;
    }
  }
  for (size_t i = 0; i < layers.size(); ++i) {
    const ManifestLayer& layer = layers[i];
    snapshot.graph.push_back({layer.name, {text_field("op", layer.op)}});
    snapshot.plan.push_back(
        {layer.name, {text_field("kernel", layer.kernel), number_field("stripes", finder.layers()[i].stripes)}});
    snapshot.footprint.push_back(describe(layer.name, layer.totals));
  }
  return {};
}

Status read_plan(const Json& manifest, Snapshot& snapshot) {
  const Json* const plan = json::member(manifest, "plan");
  if (plan == nullptr) return json::wrong("plan", "object");
  Described arena{"arena", {}};
  TMC_TRY(add_number(*plan, "arena_bytes", "bytes", arena));
  TMC_TRY(add_number(*plan, "lower_bound_bytes", "lower_bound_bytes", arena));
  TMC_TRY(add_text(*plan, "method", arena));
  snapshot.plan.insert(snapshot.plan.begin(), std::move(arena));
  TMC_ASSIGN(const Json::Array* buffers, json::array_member(*plan, "buffers"));
  for (const Json& buffer : *buffers) {
    std::string name;
    TMC_TRY(json::read_member(buffer, "name", "text", name));
    Described entry{"buffer " + name, {}};
    TMC_TRY(add_number(buffer, "bytes", "bytes", entry));
    TMC_TRY(add_number(buffer, "offset", "offset", entry));
    snapshot.plan.push_back(std::move(entry));
  }
  return {};
}

Status read_footprint(const Json& manifest, Snapshot& snapshot) {
  const auto* const footprint = manifest["bill"].as<Json::Object>();
  if (footprint == nullptr) return json::wrong("bill", "object");
  Described total{"model", {}};
  for (const auto& [name, value] : *footprint) {
    int64_t number = 0;
    if (value.is_null()) continue;
    if (!json::read(value, number)) return json::wrong(name, "number");
    total.fields.push_back(number_field(name, number));
  }
  std::ranges::sort(total.fields, {}, &Field::name);  // a difference lists them by name
  snapshot.footprint.insert(snapshot.footprint.begin(), std::move(total));
  return {};
}

Status read_settings(const Json& manifest, Snapshot& snapshot) {
  Described settings{"settings", {}};
  for (const char* member : {"model_sha256", "target", "optimize", "version", "kernels_version"}) {
    TMC_TRY(add_text(manifest, member, settings));
  }
  snapshot.graph.insert(snapshot.graph.begin(), std::move(settings));
  return {};
}

Result<Snapshot> parse_snapshot(const std::string& text) {
  TMC_TRY(backend::cpp::manifest_files(text).status());
  TMC_ASSIGN(const Json manifest, json::parse(text));
  Snapshot snapshot;
  TMC_TRY(read_steps(manifest, snapshot));
  TMC_TRY(read_plan(manifest, snapshot));
  TMC_TRY(read_footprint(manifest, snapshot));
  TMC_TRY(read_settings(manifest, snapshot));
  return snapshot;
}

}  // namespace

Snapshot snapshot_of(const Subject& subject, const cost::Cost& cost) {
  Snapshot snapshot;
  const ir::Graph& graph = subject.graph;
  for (const ir::NodeId id : graph.order()) snapshot.graph.push_back(describe(graph, graph.node(id)));
  snapshot.plan = plan_of(subject.program);
  const program::ConstantBytes constants = program::constant_bytes(subject.program);
  Described total{
      "model",
      {number_field("macs", cost.macs), number_field("predicted_instructions", std::llround(cost.instructions)),
       number_field("weight_bytes", constants.weights), number_field("arena_bytes", cost.arena_bytes)}};
  if (cost.flash) total.fields.push_back(number_field("predicted_code_bytes", cost.flash->code));
  snapshot.footprint.push_back(std::move(total));
  for (const program::Layer& layer : program::find_layers(subject.program)) {
    Totals totals;
    for (const int32_t index : layer.steps) {
      const auto at = static_cast<size_t>(index);
      totals.macs += subject.program.steps[at].macs;
      totals.instructions += std::llround(cost.layers[at].instructions);
    }
    const auto first = static_cast<size_t>(layer.steps.front());
    snapshot.footprint.push_back(describe(subject.program.steps[first].name, totals));
  }
  return snapshot;
}

Result<Snapshot> load_snapshot(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / backend::cpp::kManifestFile;
  TMC_ASSIGN(const std::string text, read_file(path));
  auto snapshot = parse_snapshot(text);
  if (snapshot.ok()) return snapshot;
  return std::move(snapshot).status().in_file(path.string()).with_hint("compile the model again with this version");
}

}  // namespace tmc::report
