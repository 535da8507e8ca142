// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/import_tflite.hpp"

#include <algorithm>

#include "tmc/base/host/aligned_bytes.hpp"
#include "tmc/frontend/tflite/body.hpp"
#include "tmc/frontend/tflite/import_context.hpp"
#include "tmc/frontend/tflite/importers.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend {
namespace {

using tflite::Importer;
using tflite::ModelView;
namespace schema = tflite::schema;

// The operators, of every subgraph, that have no importer.
void find_unknown(const ModelView& view, const ImportOptions& options, Refusals& refusals) {
  for (size_t i = 0; i < view.subgraph_count(); ++i) {
    const schema::SubGraph& subgraph = view.subgraph(i);
    const std::vector<FileNode> nodes = file_nodes(view, subgraph);
    for (size_t at = 0; at < nodes.size(); ++at) {
      const schema::Operator& op = *subgraph.operators()->Get(static_cast<flatbuffers::uoffset_t>(at));
      const std::string name = view.operator_name(op);
      if (tflite::find_importer(name, options.custom.get()) == nullptr) refusals.add_unknown(name, nodes[at].name);
    }
  }
}

// The number of graphs of the file that nothing reaches from the first one.
size_t count_main_graphs(const ModelView& view) {
  size_t count = 1;
  const std::vector<bool> reached = tflite::reached_graphs(view);
  for (size_t i = 1; i < view.subgraph_count(); ++i) {
    if (!reached[i] && !tflite::only_initialises(view, view.subgraph(i))) ++count;
  }
  return count;
}

std::span<const int32_t> indices(const flatbuffers::Vector<int32_t>* from) {
  return from == nullptr ? std::span<const int32_t>() : std::span(from->data(), from->size());
}

// Imports the operators; one that is refused gives graph inputs instead, so that those behind it are looked at too.
Status import_operators(const ModelView& view, const std::vector<FileNode>& nodes, const std::vector<size_t>& order,
                        const ImportOptions& options, tflite::ImportContext& context, Refusals& refusals) {
  for (const size_t at : order) {
    const schema::Operator& op = *view.subgraph().operators()->Get(static_cast<flatbuffers::uoffset_t>(at));
    const std::string name = view.operator_name(op);
    if (const Importer* importer = tflite::find_importer(name, options.custom.get())) {
      Status status = context.import_operator(op, nodes[at].name, importer->import);
      if (status.ok()) continue;
      const bool is_refusal = Refusals::is_refusal(status);
      // What contradicts itself behind an operator that is not supported may do so because of that.
      if (!is_refusal && refusals.empty()) return status;
      if (is_refusal && !context.missed_an_operand()) refusals.add(name, nodes[at].name, status);
    }
    context.skip_operator(op);
  }
  return {};
}

Result<ir::Graph> import_aligned(std::span<const std::byte> file, const ImportOptions& options, Refusals& refusals) {
  TMC_ASSIGN(const ModelView view, tflite::open_model(file));
  find_unknown(view, options, refusals);
  if (const size_t count = count_main_graphs(view); count > 1) {
    refusals.add("", "the file",
                 error(Error::kUnsupportedOp, "it holds {} graphs that run by themselves; one is supported", count)
                     .with_hint("convert a model with one signature"));
    return ir::Graph();
  }
  const schema::SubGraph& subgraph = view.subgraph();
  const std::vector<FileNode> nodes = file_nodes(view, subgraph);
  const std::span<const int32_t> inputs = indices(subgraph.inputs());
  TMC_ASSIGN(const std::vector<size_t> order, execution_order(nodes, subgraph.tensors()->size(), inputs));

  const std::vector<std::string> names = tflite::tensor_names(subgraph);
  ir::Graph graph;
  if (subgraph.name() != nullptr) graph.name = subgraph.name()->str();
  graph.reserve_names(names);
  tflite::ImportContext context(view, options, graph);
  ShapeBinder binder(options);
  for (const int32_t tensor : inputs) {
    TMC_ASSIGN(OpenShape open, context.open_shape(tensor));
    binder.declare(names[static_cast<size_t>(tensor)], std::move(open));
  }
  TMC_TRY(binder.check_names());
  for (const int32_t tensor : inputs) {
    const Status status = context.add_graph_input(tensor, binder);
    if (status.ok()) continue;
    if (!Refusals::is_refusal(status)) return status;
    refusals.add("", names[static_cast<size_t>(tensor)], status);
    context.skip_tensor(tensor);
  }
  TMC_TRY(import_operators(view, nodes, order, options, context, refusals));
  for (const int32_t tensor : indices(subgraph.outputs())) TMC_TRY(context.add_graph_output(tensor));
  if (refusals.empty()) TMC_TRY(context.add_states());
  if (refusals.empty()) TMC_TRY(ir::verify(graph));
  return graph;
}

}  // namespace

Result<ir::Graph> import_tflite(std::span<const std::byte> file, const ImportOptions& options) {
  Refusals refusals;
  TMC_ASSIGN(ir::Graph graph, import_tflite(file, options, refusals));
  TMC_TRY(refusals.status());
  return graph;
}

Result<ir::Graph> import_tflite(std::span<const std::byte> file, const ImportOptions& options, Refusals& refusals) {
  // The format aligns its parts relative to the file's start.
  constexpr size_t kAlignment = 16;
  if (reinterpret_cast<uintptr_t>(file.data()) % kAlignment == 0) return import_aligned(file, options, refusals);
  const auto copy = AlignedBytes::copy_of(file, kAlignment);
  return import_aligned(copy.bytes(), options, refusals);
}

}  // namespace tmc::frontend
