// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/body.hpp"

#include "tmc/frontend/tflite/importers.hpp"

namespace tmc::frontend::tflite {
namespace {

using ir::ValueId;

ModelView view_of(const ModelView& outer, size_t index) {
  ModelView view = outer;
  view.current = index;
  return view;
}

size_t count_of(const flatbuffers::Vector<int32_t>* tensors) {
  return tensors == nullptr ? 0 : tensors->size();
}

// The graphs that an operator runs.
std::vector<int32_t> graphs_of(const schema::Operator& op) {
  if (const auto* branches = op.builtin_options_as_IfOptions()) {
    return {branches->then_subgraph_index(), branches->else_subgraph_index()};
  }
  if (const auto* loop = op.builtin_options_as_WhileOptions()) {
    return {loop->cond_subgraph_index(), loop->body_subgraph_index()};
  }
  return {};
}

}  // namespace

std::vector<bool> reached_graphs(const ModelView& view) {
  std::vector<bool> reached(view.subgraph_count(), false);
  std::vector<size_t> open = {0};
  while (!open.empty()) {
    const size_t at = open.back();
    open.pop_back();
    if (reached[at]) continue;
    reached[at] = true;
    if (view.subgraph(at).operators() == nullptr) continue;
    for (const schema::Operator* op : *view.subgraph(at).operators()) {
      for (const int32_t index : graphs_of(*op)) {
        if (index >= 0 && static_cast<size_t>(index) < reached.size()) open.push_back(static_cast<size_t>(index));
      }
    }
  }
  return reached;
}

bool only_initialises(const ModelView& view, const schema::SubGraph& graph) {
  if (graph.operators() == nullptr) return false;
  for (const schema::Operator* op : *graph.operators()) {
    const std::string name = view.operator_name(*op);
    if (name != "var_handle" && name != "assign_variable") return false;
  }
  return true;
}

Body::Body(const ImportContext& outer, size_t index)
    : view_(view_of(outer.view(), index)), context_(view_, outer), prefix_(outer.node_name()) {}

Result<size_t> Body::check_index(const ImportContext& outer, int32_t index, size_t inputs, size_t outputs) {
  if (index < 1 || static_cast<size_t>(index) >= outer.view().subgraph_count()) {
    return error(Error::kMalformed, "it runs graph {}, which is not there", index);
  }
  const schema::SubGraph& graph = outer.view().subgraph(static_cast<size_t>(index));
  if (count_of(graph.inputs()) == inputs && count_of(graph.outputs()) == outputs) return static_cast<size_t>(index);
  return error(Error::kMalformed, "graph {} has {} inputs and {} outputs, not {} and {}", index,
               count_of(graph.inputs()), count_of(graph.outputs()), inputs, outputs);
}

void Body::leave_out(const std::vector<size_t>& operators, int32_t output) {
  left_out_.insert(operators.begin(), operators.end());
  missing_outputs_.insert(output);
}

Status Body::import_operators() {
  const std::vector<FileNode> nodes = file_nodes(view_, graph());
  std::vector<int32_t> inputs;
  if (graph().inputs() != nullptr) inputs.assign(graph().inputs()->begin(), graph().inputs()->end());
  TMC_ASSIGN(const std::vector<size_t> order, execution_order(nodes, graph().tensors()->size(), inputs));
  for (const size_t at : order) {
    if (left_out_.contains(at)) continue;
    const schema::Operator& op = *graph().operators()->Get(static_cast<flatbuffers::uoffset_t>(at));
    const std::string name = view_.operator_name(op);
    const std::string node_name = fmt::format("{}.{}.{}", prefix_, runs_, nodes[at].name);
    const Importer* importer = find_importer(name, context_.custom());
    if (importer == nullptr) {
      return error(Error::kUnsupportedOp, "there is no importer for {}", name).at_node(node_name);
    }
    TMC_TRY(context_.import_operator(op, node_name, importer->import));
  }
  return {};
}

Result<std::vector<ValueId>> Body::run(const std::vector<ValueId>& inputs) {
  FileImport& file = context_.file();
  file.body_operators += 1 + (graph().operators() == nullptr ? 0 : static_cast<int64_t>(graph().operators()->size()));
  if (file.body_operators > kMostOperators) {
    return error(Error::kUnsupportedShape,
                 "the graphs that it and others run have more than {} operators, trip by trip", kMostOperators)
        .with_hint("let them run less often");
  }
  if (file.depth >= kDeepest) return error(Error::kMalformed, "graphs lie more than {} deep in one another", kDeepest);
  context_.begin_again(fmt::format("{}.{}.", prefix_, runs_));
  for (size_t i = 0; i < inputs.size(); ++i) {
    context_.set_value(graph().inputs()->Get(static_cast<flatbuffers::uoffset_t>(i)), inputs[i]);
  }
  ++file.depth;
  const Status status = import_operators();
  --file.depth;
  TMC_TRY(status);
  ++runs_;
  std::vector<ValueId> outputs;
  if (graph().outputs() == nullptr) return outputs;
  for (const int32_t tensor : *graph().outputs()) {
    outputs.push_back(ValueId::kNone);
    if (missing_outputs_.contains(tensor)) continue;
    TMC_ASSIGN(outputs.back(), context_.value_of(tensor));
  }
  return outputs;
}

}  // namespace tmc::frontend::tflite
