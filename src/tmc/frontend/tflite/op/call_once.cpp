// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The graph that it calls assigns constants to variables, which begin as these.

#include <map>

#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {
namespace {

Status assign(ImportContext& context, const schema::SubGraph& graph, const schema::Operator& op,
              const std::map<int32_t, std::string>& handles) {
  const auto* inputs = op.inputs();
  const auto handle = inputs != nullptr && inputs->size() == 2 ? handles.find(inputs->Get(0)) : handles.end();
  if (handle == handles.end() || inputs->Get(1) < 0) {
    return error(Error::kMalformed, "the graph that it calls assigns to no variable");
  }
  const auto tensor = static_cast<flatbuffers::uoffset_t>(inputs->Get(1));
  TMC_ASSIGN(const FileTensor constant, read_tensor(context.view(), *graph.tensors()->Get(tensor), handle->second));
  if (constant.sparsity != nullptr) {
    return error(Error::kUnsupportedType, "'{}' begins as a sparse tensor", handle->second)
        .with_hint("convert the model without sparse tensors");
  }
  context.variables().begin_as(handle->second, constant);
  return {};
}

}  // namespace

Status import_call_once(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::CallOnceOptions>());
  const int32_t index = options->init_subgraph_index();
  if (index < 1 || static_cast<size_t>(index) >= context.view().subgraph_count()) {
    return error(Error::kMalformed, "it calls graph {}, which is not there", index);
  }
  const schema::SubGraph& graph = context.view().subgraph(static_cast<size_t>(index));
  if (graph.operators() == nullptr) return {};
  std::map<int32_t, std::string> handles;
  for (const schema::Operator* op : *graph.operators()) {
    const std::string name = context.view().operator_name(*op);
    if (name == "assign_variable") {
      TMC_TRY(assign(context, graph, *op, handles));
      continue;
    }
    const auto* variable = op->builtin_options_as_VarHandleOptions();
    if (name != "var_handle" || variable == nullptr || op->outputs() == nullptr || op->outputs()->size() != 1) {
      return error(Error::kUnsupportedOp, "the graph that it calls holds {}", name)
          .with_hint("initialise variables with constants");
    }
    handles[op->outputs()->Get(0)] = variable_name(*variable);
  }
  return {};
}

}  // namespace tmc::frontend::tflite
