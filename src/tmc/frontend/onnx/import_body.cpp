// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The part of ImportContext that imports bodies.

#include <algorithm>

#include "tmc/frontend/onnx/body.hpp"
#include "tmc/frontend/onnx/import_context.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::onnx_format {

using ir::ValueId;

Result<FileTensor> ImportContext::file_tensor(size_t index) const {
  if (!has_input(index)) return error(Error::kMalformed, "input {} is missing", index);
  const auto found = tensors_.find(input_name(index));
  if (found != tensors_.end()) return found->second;
  return error(Error::kMalformed, "tensor '{}' is read, but nothing produces it", input_name(index));
}

Result<ValueId> ImportContext::value_of(FileTensor& tensor) {
  if (tensor.value != ValueId::kNone || tensor.constant || !tensor.unknown.empty())
    return value_of(first_output_name() + "_of_body", tensor);
  if (tensor.elements) {
    return error(Error::kUnsupportedType, "a sequence depends on what is known at run time alone")
        .with_hint("give it constant conditions and positions");
  }
  missed_ = true;
  return error(Error::kUnsupportedOp, "a result of its body comes from a node that is not supported");
}

Status ImportContext::finish_output_as(size_t index, const FileTensor& tensor) {
  const std::string& name = output_name(index);
  if (name.empty()) return {};
  const bool needs_name = outputs_.contains(name) && tensor.value != ValueId::kNone && !tensor.constant;
  if (!needs_name) {
    tensors_[name] = tensor;
    return {};
  }
  const ir::Value& value = graph_.value(tensor.value);
  const ops::Reshape same{{value.type.shape.begin(), value.type.shape.end()}};
  TMC_TRY(finish(index, same, {tensor.value}, Quantization(value.quantization), tensor.shifted));
  tensors_[name].text = tensor.text;
  return {};
}

Result<std::vector<FileTensor>> ImportContext::import_body(const ::onnx::GraphProto& body,
                                                           const std::vector<FileTensor>& inputs) {
  body_nodes_ += body.node_size() + 1;
  if (body_nodes_ > kMostBodyNodes) {
    return error(Error::kUnsupportedShape, "its bodies and those of others have more than {} nodes, trip by trip",
                 kMostBodyNodes)
        .with_hint("let them run less often");
  }
  if (body_depth_ >= kMostBodyDepth) {
    return error(Error::kMalformed, "bodies and functions lie more than {} deep in one another", kMostBodyDepth);
  }
  if (static_cast<int>(inputs.size()) > body.input_size()) {
    return error(Error::kMalformed, "its body has {} inputs for {}", body.input_size(), inputs.size());
  }
  const std::string prefix = fmt::format("{}.{}.", node_name_, bodies_++);
  std::vector<std::string> names;
  for (const FileTensor& input : inputs) {
    const bool is_there =
        input.value != ValueId::kNone || input.constant || input.refused || input.elements || !input.unknown.empty();
    names.push_back(is_there ? prefix + body.input(static_cast<int>(names.size())).name() : "");
    if (is_there) tensors_[names.back()] = input;
  }
  const ::onnx::GraphProto renamed = renamed_body(body, prefix, names);
  for (const auto& constant : renamed.initializer()) TMC_TRY(add_initializer(constant));
  for (const auto& output : renamed.output()) expect_read(output.name());
  for (const auto& node : renamed.node()) {
    for (const std::string& name : node.input()) expect_read(name);
    for (const std::string& name : captured_names(node)) expect_read(name);
  }
  const auto* const outer_node = node_;
  const std::string outer_name = node_name_;
  const bool missed = missed_;
  ++body_depth_;
  const Status status = import_nodes_(renamed);
  --body_depth_;
  node_ = outer_node;
  node_name_ = outer_name;
  missed_ = missed;
  TMC_TRY(status);
  std::vector<FileTensor> outputs;
  for (const auto& output : renamed.output()) {
    const auto found = tensors_.find(output.name());
    if (found == tensors_.end())
      return error(Error::kMalformed, "nothing gives '{}', an output of its body", output.name());
    outputs.push_back(found->second);
  }
  return outputs;
}

}  // namespace tmc::frontend::onnx_format
