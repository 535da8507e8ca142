// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/model_view.hpp"

#include <algorithm>
#include <unordered_set>

namespace tmc::frontend::tflite {
namespace {

using Indices = flatbuffers::Vector<int32_t>;

constexpr const char* kExportAgain = "export the model or copy it here again";

Status check_indices(const Indices* indices, int32_t least, size_t count, const char* what) {
  if (indices == nullptr) return {};
  for (const int32_t index : *indices) {
    if (index < least || index >= static_cast<int64_t>(count)) {
      return error(Error::kMalformed, "{} names tensor {} of {}", what, index, count);
    }
  }
  return {};
}

Status check_operator(const schema::Model& model, const schema::Operator& op, size_t tensor_count) {
  if (model.operator_codes() == nullptr || op.opcode_index() >= model.operator_codes()->size()) {
    return error(Error::kMalformed, "an operator has the code index {}, which the file does not define",
                 op.opcode_index());
  }
  TMC_TRY(check_indices(op.inputs(), -1, tensor_count, "an operator's input"));
  return check_indices(op.outputs(), 0, tensor_count, "an operator's output");
}

Status check_subgraph(const schema::Model& model, const schema::SubGraph& subgraph) {
  const size_t tensor_count = subgraph.tensors() == nullptr ? 0 : subgraph.tensors()->size();
  if (tensor_count == 0) return error(Error::kMalformed, "the graph has no tensors");
  const size_t buffer_count = model.buffers() == nullptr ? 0 : model.buffers()->size();
  for (const schema::Tensor* tensor : *subgraph.tensors()) {
    if (tensor->buffer() != 0 && tensor->buffer() >= buffer_count) {
      return error(Error::kMalformed, "a tensor names buffer {} of {}", tensor->buffer(), buffer_count);
    }
  }
  TMC_TRY(check_indices(subgraph.inputs(), 0, tensor_count, "the graph's input"));
  TMC_TRY(check_indices(subgraph.outputs(), 0, tensor_count, "the graph's output"));
  if (subgraph.operators() == nullptr) return {};
  for (const schema::Operator* op : *subgraph.operators()) TMC_TRY(check_operator(model, *op, tensor_count));
  return {};
}

std::vector<int32_t> to_vector(const Indices* indices) {
  return indices == nullptr ? std::vector<int32_t>() : std::vector<int32_t>(indices->begin(), indices->end());
}

}  // namespace

Result<ModelView> open_model(std::span<const std::byte> file) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(file.data());
  if (file.size() < 8 || !schema::ModelBufferHasIdentifier(bytes)) {
    return error(Error::kMalformed, "it is no TFLite file: the mark TFL3 is missing").with_hint(kExportAgain);
  }
  // A verifier counts in 32 bits; data behind that is reached by a buffer's 64-bit offset.
  const size_t structure_bytes = std::min<size_t>(file.size(), FLATBUFFERS_MAX_BUFFER_SIZE - 1);
  flatbuffers::Verifier verifier(bytes, structure_bytes);
  if (!schema::VerifyModelBuffer(verifier)) {
    return error(Error::kMalformed, "the TFLite file is truncated or damaged").with_hint(kExportAgain);
  }
  const schema::Model* model = schema::GetModel(bytes);
  if (model->version() != 3) {
    return error(Error::kMalformed, "the TFLite file has schema version {}, not 3", model->version())
        .with_hint("convert the model with a newer converter");
  }
  if (model->subgraphs() == nullptr || model->subgraphs()->size() == 0) {
    return error(Error::kMalformed, "the TFLite file holds no graph").with_hint(kExportAgain);
  }
  for (const schema::SubGraph* subgraph : *model->subgraphs()) TMC_TRY(check_subgraph(*model, *subgraph));
  return ModelView{file, model};
}

std::string ModelView::operator_name(const schema::Operator& op) const {
  const schema::OperatorCode& entry = *model->operator_codes()->Get(op.opcode_index());
  const auto code =
      std::max(static_cast<schema::BuiltinOperator>(entry.deprecated_builtin_code()), entry.builtin_code());
  if (code == schema::BuiltinOperator::CUSTOM) {
    return fmt::format("custom:{}", entry.custom_code() == nullptr ? "" : entry.custom_code()->string_view());
  }
  std::string name = schema::EnumNameBuiltinOperator(code);
  if (name.empty()) return fmt::format("builtin_{}", static_cast<int32_t>(code));
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 'a' - 'A') : c; });
  return name;
}

std::vector<std::string> tensor_names(const schema::SubGraph& subgraph) {
  std::vector<std::string> names;
  std::unordered_set<std::string> seen;
  for (const schema::Tensor* tensor : *subgraph.tensors()) {
    std::string name = tensor->name() == nullptr ? "" : tensor->name()->str();
    if (name.empty()) name = fmt::format("tensor_{}", names.size());
    while (!seen.insert(name).second) name += fmt::format("_t{}", names.size());
    names.push_back(std::move(name));
  }
  return names;
}

std::vector<FileNode> file_nodes(const ModelView& view, const schema::SubGraph& subgraph) {
  std::vector<FileNode> nodes;
  if (subgraph.operators() == nullptr) return nodes;
  const std::vector<std::string> names = tensor_names(subgraph);
  for (const schema::Operator* op : *subgraph.operators()) {
    std::vector<int32_t> outputs = to_vector(op->outputs());
    // Converters join the names of all that they fused into one operator with semicolons; the first tells enough.
    std::string output = outputs.empty() ? fmt::to_string(nodes.size()) : names[static_cast<size_t>(outputs.front())];
    output.resize(std::min(output.size(), output.find(';')));
    nodes.push_back(
        {fmt::format("{}:{}", view.operator_name(*op), output), to_vector(op->inputs()), std::move(outputs)});
  }
  return nodes;
}

}  // namespace tmc::frontend::tflite
