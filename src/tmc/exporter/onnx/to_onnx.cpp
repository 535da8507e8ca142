// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/to_onnx.hpp"

#include <algorithm>

#include "tmc/base/host/refusals.hpp"
#include "tmc/exporter/onnx/export_context.hpp"
#include "tmc/exporter/onnx/exporters.hpp"
#include "tmc/exporter/onnx/index_map.hpp"

namespace tmc::exporter {
namespace {

using onnx_format::Exporter;

// Opset 13 brought scales along an axis, 14 HardSwish, 21 quantisation to 16 bits.
constexpr int64_t kOpset = 17;
constexpr int64_t kOpsetOf16Bits = 21;

int64_t opset_for(const ir::Graph& graph) {
  const bool wide = std::ranges::any_of(graph.values(), [&](ir::ValueId id) {
    const ir::Value& value = graph.value(id);
    return !value.quantization.empty() && (value.type.dtype == DType::kI16 || value.type.dtype == DType::kU16);
  });
  return wide ? kOpsetOf16Bits : kOpset;
}

const Exporter* find_exporter(const ir::Node& node) {
  const auto table = onnx_format::exporters();
  const auto found = std::ranges::find(table, node.op.name(), &Exporter::name);
  if (found != table.end()) return &*found;
  static constexpr Exporter kIndexMap = {"", &onnx_format::export_index_map};
  const ops::IndexMapInfo* map = node.op.info().index_map;
  return map != nullptr && map->onnx != nullptr ? &kIndexMap : nullptr;
}

Status check_coverage(const ir::Graph& graph) {
  Refusals refusals;
  for (const ir::NodeId id : graph.order()) {
    const ir::Node& node = graph.node(id);
    if (find_exporter(node) != nullptr) continue;
    refusals.add(std::string(node.op.name()), node.name,
                 error(Error::kUnsupportedOp, "operator '{}' has no form in ONNX here", node.op.name())
                     .with_hint("add an exporter (docs/adding-an-operator.md)"));
  }
  return refusals.status();
}

Status write_node(const ir::Graph& graph, const ir::Node& node, onnx_format::ModelWriter& model,
                  onnx_format::FileTensors& tensors) {
  onnx_format::ExportContext context(graph, model, tensors, node);
  return find_exporter(node)->write(context);
}

}  // namespace

Result<std::string> to_onnx(const ir::Graph& graph, std::map<std::string, TensorInFile>* places) {
  TMC_TRY(check_coverage(graph));
  onnx_format::ModelWriter model(graph.name, opset_for(graph));
  model.add_metadata(ir::kRequantizationKey, ir::requantization_name(graph.requantization));
  onnx_format::FileTensors tensors(graph, model);
  for (const ir::NodeId id : graph.order()) {
    TMC_TRY(write_node(graph, graph.node(id), model, tensors).at_node(graph.node(id).name));
  }
  TMC_TRY(tensors.finish_outputs());
  for (const ir::ValueId id : graph.values()) {
    const std::string* const name = places == nullptr ? nullptr : tensors.name_of(id);
    if (name != nullptr) (*places)[graph.value(id).name] = {*name, tensors.order_of(id)};
  }
  return model.bytes();
}

}  // namespace tmc::exporter
