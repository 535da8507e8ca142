// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The part of ImportContext that makes the graph's inputs, outputs and constants of those of the file.

#include <algorithm>

#include "tmc/frontend/common/border.hpp"
#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

using ir::ValueId;

Status ImportContext::add_initializer(const ::onnx::TensorProto& initializer) {
  FileTensor tensor;
  TMC_ASSIGN(tensor, read_tensor(initializer));
  tensor.narrow = find_narrow_type(initializer.data_type());
  const auto [found, is_new] = tensors_.emplace(initializer.name(), tensor);
  if (is_new || !found->second.constant) return {};
  const Constant& first = *found->second.constant;
  const bool is_same =
      first.type == tensor.constant->type && std::ranges::equal(first.data.bytes(), tensor.constant->data.bytes());
  if (!is_same) {
    return error(Error::kMalformed, "the file has two constants named '{}' with different values", initializer.name())
        .with_hint("rename or remove one of them");
  }
  options_.warn(fmt::format("the constant '{}' is in the file twice, with the same values", initializer.name()));
  return {};
}

void ImportContext::add_graph_input(const std::string& name, const ops::TensorType& type,
                                    std::vector<std::string> symbols) {
  const ValueId port = graph_.add_input(name, type);
  graph_.value(port).symbols = std::move(symbols);
  tensors_[name] = {.value = port, .constant = {}, .shifted = false};
  ports_[name] = port;
}

void ImportContext::add_empty_input(const std::string& name, const ops::TensorType& type) {
  warn(fmt::format("the input '{}' has no elements, and is left out", name));
  FileTensor& tensor = tensors_[name];
  tensor.constant.emplace();
  tensor.constant->type = type;
}

ValueId ImportContext::token_positions() const {
  if (!options_.past) return ValueId::kNone;
  const auto port = ports_.find(options_.past->positions);
  return port == ports_.end() ? ValueId::kNone : port->second;
}

Status ImportContext::add_graph_output(const std::string& name) {
  ValueId& output = outputs_[name];
  if (const auto port = ports_.find(name); port != ports_.end()) output = port->second;
  if (output == ValueId::kNone) {
    const auto found = tensors_.find(name);
    if (found == tensors_.end()) {
      return error(Error::kMalformed, "the graph's output '{}' is produced by nothing", name);
    }
    if (found->second.elements) return add_sequence_output(name);
    if (found->second.refused && found->second.value == ValueId::kNone) return {};
    TMC_ASSIGN(output, value_of(name, found->second));
    if (found->second.text) graph_.texts.insert(name);
    if (found->second.shifted) {
      TMC_ASSIGN(output, append_unsigned(graph_, name, output));
    }
  }
  graph_.add_output(output);
  return {};
}

void ImportContext::add_text_input(const std::string& name, const ops::TensorType& type) {
  add_graph_input(name, type, {});
  tensors_[name].text = true;
  graph_.texts.insert(name);
}

void ImportContext::add_counts() {
  for (const ValueId count : counts_) graph_.add_output(count);
}

}  // namespace tmc::frontend::onnx_format
