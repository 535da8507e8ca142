// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The part of ImportContext that deals with strings, and with bounds of what is known at run time only.

#include <algorithm>

#include "tmc/base/host/texts.hpp"
#include "tmc/frontend/onnx/import_context.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::onnx_format {

using ir::ValueId;

bool ImportContext::is_text(size_t index) const {
  const auto found = has_input(index) ? tensors_.find(input_name(index)) : tensors_.end();
  return found != tensors_.end() && found->second.text;
}

bool ImportContext::reads_text(const ::onnx::NodeProto& node) const {
  return std::ranges::any_of(node.input(), [&](const std::string& name) {
    const auto found = tensors_.find(name);
    return found != tensors_.end() && found->second.text;
  });
}

Result<ValueId> ImportContext::text(size_t index) {
  if (is_text(index)) return value_of(input_name(index), tensors_[input_name(index)]);
  TMC_TRY(tensor(index).status());
  return error(Error::kMalformed, "its input '{}' holds no strings", input_name(index));
}

std::optional<int64_t> ImportContext::bound_of(const std::string& name) {
  const auto found = options_.bounds.find(name);
  if (found == options_.bounds.end()) return std::nullopt;
  used_bounds_.insert(name);
  return found->second;
}

Status ImportContext::check_bounds() const {
  for (const auto& [name, bound] : options_.bounds) {
    if (used_bounds_.contains(name)) continue;
    return error(Error::kBadUsage, "--bound {}={}: nothing of that name needs a bound", name, bound)
        .with_hint(
            "give the name of a tensor whose extent is known at run time only, of a trip count, or of an input "
            "of strings");
  }
  return {};
}

Status ImportContext::finish_count(size_t index, ValueId count) {
  const std::string& name = output_name(index);
  if (!outputs_.contains(name)) return {};
  TMC_ASSIGN(const ValueId port, graph_.append(name + "_count", ops::Reshape{}, {count}));
  counts_.push_back(port);
  return {};
}

// Strings are as wide as the longest is.
Result<FileTensor> ImportContext::read_tensor(const ::onnx::TensorProto& tensor) {
  FileTensor result;
  if (tensor.data_type() != ::onnx::TensorProto::STRING) {
    TMC_ASSIGN(result.constant, read_constant(tensor, folder_, budget_));
    return result;
  }
  Shape shape;
  for (const int64_t extent : tensor.dims()) {
    if (extent < 1 || !shape.push_back(extent)) {
      return error(Error::kUnsupportedShape, "its shape is not taken").at_node(tensor.name());
    }
  }
  const std::vector<std::string> strings(tensor.string_data().begin(), tensor.string_data().end());
  if (shape.elements() != std::ssize(strings)) {
    return error(Error::kMalformed, "it has {} strings, its shape says {}", strings.size(), shape.elements())
        .at_node(tensor.name());
  }
  size_t width = 1;
  for (const std::string& text : strings) width = std::max(width, text.size());
  if (!shape.push_back(static_cast<int64_t>(width)) || shape.elements() < 0) {
    return error(Error::kUnsupportedShape, "its rank is above {}, or it is too large", Shape::kMaxRank - 1)
        .at_node(tensor.name());
  }
  TMC_TRY(budget_.take_computed({DType::kU8, shape}));
  result.constant = Constant{{DType::kU8, shape}, ir::TensorData(padded_texts(strings, width))};
  result.text = true;
  return result;
}

Result<std::vector<FileTensor>> ImportContext::import_as(const ::onnx::NodeProto& node,
                                                         const std::vector<FileTensor>& inputs,
                                                         const NodeImporter& importer) {
  ::onnx::NodeProto renamed = node;
  const std::string prefix = fmt::format("{}.{}.", node_name_, bodies_++);
  for (size_t i = 0; i < inputs.size(); ++i) {
    std::string& name = *renamed.mutable_input(static_cast<int>(i));
    if (name.empty()) continue;
    name = fmt::format("{}in{}", prefix, i);
    tensors_[name] = inputs[i];
  }
  for (std::string& name : *renamed.mutable_output()) {
    if (name.empty()) continue;
    name = prefix + name;
    read_.insert(name);
  }
  const auto* const outer_node = node_;
  const std::string outer_name = node_name_;
  const Status status = import_node(renamed, outer_name, importer);
  node_ = outer_node;
  node_name_ = outer_name;
  TMC_TRY(status);
  std::vector<FileTensor> outputs;
  for (const std::string& name : renamed.output()) outputs.push_back(tensors_[name]);
  return outputs;
}

}  // namespace tmc::frontend::onnx_format
