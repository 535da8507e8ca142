// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/report/data.hpp"

#include <cmath>

#include "tmc/base/host/json.hpp"
#include "tmc/report/layered_drawing.hpp"
#include "tmc/report/page.hpp"

namespace tmc::report {
namespace {

using Json = json::Value;

Json figure_json(const Figure& figure) {
  return {{"predicted", figure.predicted}, {"measured", figure.measured}};
}

Json texts_json(const std::vector<NamedText>& texts) {
  Json json = Json::array();
  for (const NamedText& text : texts) json.push_back(Json::array({text.name, text.text}));
  return json;
}

Json bytes_json(const std::vector<NamedBytes>& list) {
  Json json = Json::array();
  for (const NamedBytes& entry : list) json.push_back({{"name", entry.name}, {"bytes", entry.bytes}});
  return json;
}

Json layers_json(const std::vector<Layer>& layers) {
  Json json = Json::array();
  for (const Layer& layer : layers) {
    json.push_back({{"name", layer.name},
                    {"op", layer.op},
                    {"kernel", layer.kernel},
                    {"stripes", layer.stripes},
                    {"why", layer.why},
                    {"params", texts_json(layer.params)},
                    {"macs", layer.macs},
                    {"instructions", figure_json(layer.instructions)},
                    {"relative_error", layer.relative_error},
                    {"fitted", layer.fitted},
                    {"scratch_bytes", layer.scratch_bytes},
                    {"weight_bytes", layer.weight_bytes},
                    {"table_bytes", layer.table_bytes},
                    {"functions", layer.functions}});
  }
  return json;
}

Json functions_json(const std::vector<Function>& functions) {
  Json json = Json::array();
  for (const Function& function : functions) {
    json.push_back({{"name", function.name},
                    {"kernel", function.kernel},
                    {"specialised", function.specialised},
                    {"code_bytes", figure_json(function.code_bytes)}});
  }
  return json;
}

Json flash_json(const Flash& flash) {
  return {{"code", figure_json(flash.code)},
          {"weights", figure_json(flash.weights)},
          {"total", figure_json(flash.total)},
          {"sections", bytes_json(flash.sections)},
          {"symbols", bytes_json(flash.symbols)}};
}

Json arena_json(const Arena& arena) {
  Json buffers = Json::array();
  for (const Buffer& buffer : arena.buffers) {
    buffers.push_back({{"name", buffer.name},
                       {"kind", buffer.kind},
                       {"bytes", buffer.bytes},
                       {"offset", buffer.offset},
                       {"first", buffer.first},
                       {"last", buffer.last}});
  }
  return {{"bytes", arena.bytes},         {"lower_bound_bytes", arena.lower_bound_bytes},
          {"method", arena.method},       {"optimal", arena.optimal},
          {"reordered", arena.reordered}, {"buffers", std::move(buffers)}};
}

// The picture's vertices: inputs, then nodes, then outputs of the graph.
struct Picture {
  std::vector<Edge> edges;
  std::vector<int32_t> edge_values;
  int32_t vertices = 0;
};

Picture picture_of(const Graph& graph) {
  Picture picture;
  std::vector<int32_t> producers(graph.values.size(), -1);
  const auto connect = [&](int32_t value, int32_t vertex) {
    const int32_t from = value < 0 ? -1 : producers[static_cast<size_t>(value)];
    if (from < 0) return;  // a constant
    picture.edges.push_back({from, vertex});
    picture.edge_values.push_back(value);
  };
  for (const int32_t input : graph.inputs) producers[static_cast<size_t>(input)] = picture.vertices++;
  for (const Node& node : graph.nodes) {
    const int32_t vertex = picture.vertices++;
    for (const int32_t input : node.inputs) connect(input, vertex);
    for (const int32_t output : node.outputs) producers[static_cast<size_t>(output)] = vertex;
  }
  for (const int32_t output : graph.outputs) connect(output, picture.vertices++);
  return picture;
}

// A thousandth of a box is finer than anything on a screen.
double rounded(double x) {
  return std::round(x * 1000) / 1000;
}

Json points_json(const std::vector<Point>& points) {
  Json json = Json::array();
  for (const Point& point : points) json.push_back(Json::array({rounded(point.x), point.rank}));
  return json;
}

Json drawing_json(const Graph& graph) {
  const Picture picture = picture_of(graph);
  const Drawing drawing = draw_layered(picture.vertices, picture.edges);
  Json edges = Json::array();
  for (size_t i = 0; i < picture.edges.size(); ++i) {
    edges.push_back({{"from", picture.edges[i].from},
                     {"to", picture.edges[i].to},
                     {"value", picture.edge_values[i]},
                     {"route", points_json(drawing.routes[i])}});
  }
  return {{"width", rounded(drawing.width)},
          {"ranks", drawing.ranks},
          {"vertices", points_json(drawing.vertices)},
          {"edges", std::move(edges)}};
}

Json graph_json(const Graph& graph) {
  Json values = Json::array();
  for (const Value& value : graph.values) {
    values.push_back({{"name", value.name},
                      {"dtype", value.dtype},
                      {"shape", value.shape},
                      {"quantization", value.quantization},
                      {"constant_bytes", value.constant_bytes}});
  }
  Json nodes = Json::array();
  for (const Node& node : graph.nodes) {
    nodes.push_back({{"name", node.name},
                     {"op", node.op},
                     {"attributes", texts_json(node.attributes)},
                     {"inputs", node.inputs},
                     {"outputs", node.outputs},
                     {"layer", node.layer}});
  }
  Json docs = Json::object();
  for (const Node& node : graph.nodes) docs[node.op] = node.doc;
  return {{"values", std::move(values)}, {"nodes", std::move(nodes)}, {"inputs", graph.inputs},
          {"outputs", graph.outputs},    {"docs", std::move(docs)},   {"drawing", drawing_json(graph)}};
}

}  // namespace

std::string to_data(const Report& report) {
  const Json json = {{"model", report.model},
                     {"target", report.target},
                     {"target_title", report.target_title},
                     {"optimize", report.optimize},
                     {"version", report.version},
                     {"macs", report.macs},
                     {"removed_channels", report.removed_channels},
                     {"removed_weights", report.removed_weights},
                     {"removed_macs", report.removed_macs},
                     {"instructions", figure_json(report.instructions)},
                     {"relative_error", report.relative_error},
                     {"cycles_estimate", report.cycles_estimate},
                     {"latency_us_p50", report.latency_us_p50},
                     {"latency_us_p99", report.latency_us_p99},
                     {"static_bytes", report.static_bytes},
                     {"stack_bytes", report.stack_bytes},
                     {"flash", flash_json(report.flash)},
                     {"arena", arena_json(report.arena)},
                     {"layers", layers_json(report.layers)},
                     {"steps", report.steps},
                     {"functions", functions_json(report.functions)},
                     {"graph", graph_json(report.graph)}};
  return script_data(json);
}

}  // namespace tmc::report
