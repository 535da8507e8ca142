// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/sequence.hpp"

#include <algorithm>

#include "tmc/ir/verifier.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::onnx_format {

Result<std::vector<FileTensor>> sequence_of(ImportContext& context, size_t index) {
  TMC_ASSIGN(const FileTensor tensor, context.file_tensor(index));
  if (tensor.elements) return *tensor.elements;
  if (tensor.refused) TMC_TRY(context.tensor(index).status());
  return error(Error::kMalformed, "its input '{}' is no sequence", context.input_name(index));
}

Result<size_t> position_of(ImportContext& context, size_t index, size_t count, size_t otherwise) {
  if (!context.has_input(index)) return otherwise;
  TMC_ASSIGN(const std::vector<int64_t> given, context.constant_ints(index, "position"));
  const auto all = static_cast<int64_t>(count);
  if (given.size() != 1) return error(Error::kMalformed, "its position has {} elements", given.size());
  const int64_t position = given[0] < 0 ? given[0] + all : given[0];
  if (position >= 0 && position < all) return static_cast<size_t>(position);
  return error(Error::kMalformed, "its position is {} of {}", given[0], count);
}

Result<std::vector<ir::ValueId>> values_of(ImportContext& context, std::vector<FileTensor> elements) {
  if (elements.empty()) {
    return error(Error::kUnsupportedShape, "its sequence '{}' has no elements", context.input_name(0))
        .with_hint("let it have one at least");
  }
  std::vector<ir::ValueId> values;
  for (FileTensor& element : elements) {
    TMC_ASSIGN(values.emplace_back(), context.value_of(element));
  }
  return values;
}

std::string element_name(const std::string& sequence, size_t index) {
  return fmt::format("{}_{}", sequence, index);
}

std::vector<Shape> sequence_shapes(const std::string& name, const ImportOptions& options) {
  std::vector<Shape> shapes;
  if (const auto given = options.shapes.find(name); given != options.shapes.end()) {
    const Shape& counted = given->second;
    if (counted.rank() < 1 || counted[0] > kMostSequenceInputs) return shapes;
    Shape each;
    for (int axis = 1; axis < counted.rank(); ++axis) each.push_back(counted[axis]);
    shapes.assign(static_cast<size_t>(std::max<int64_t>(counted[0], 0)), each);
    return shapes;
  }
  for (auto one = options.shapes.find(element_name(name, 0)); one != options.shapes.end();
       one = options.shapes.find(element_name(name, shapes.size()))) {
    shapes.push_back(one->second);
  }
  return shapes;
}

// Copies share what is in them, but a file may ask for any number.
Status ImportContext::finish_elements(std::vector<FileTensor> elements, size_t index) {
  constexpr size_t kMostElements = size_t{1} << 18;
  sequence_elements_ += elements.size();
  if (sequence_elements_ > kMostElements) {
    return error(Error::kUnsupportedShape, "its sequence and others have more than {} elements", kMostElements)
        .with_hint("use fewer or shorter sequences");
  }
  for (const FileTensor& element : elements) {
    if (element.elements) return error(Error::kUnsupportedType, "it makes a sequence of sequences");
    if (!element.refused || element.value != ir::ValueId::kNone) continue;
    missed_ = true;
    return error(Error::kUnsupportedOp, "an element comes from a node that is not supported");
  }
  FileTensor sequence;
  sequence.elements = std::make_shared<const std::vector<FileTensor>>(std::move(elements));
  return finish_output_as(index, sequence);
}

Status ImportContext::add_sequence_input(const std::string& name, const std::vector<Shape>& shapes, DType dtype) {
  std::vector<FileTensor> elements;
  for (const Shape& shape : shapes) {
    const std::string element = element_name(name, elements.size());
    if (tensors_.contains(element)) {
      return error(Error::kUnsupportedType, "its element would be '{}', which the file has", element)
          .with_hint("rename the sequence");
    }
    TMC_TRY(ir::verify_type({dtype, shape}).at_node(element));
    add_graph_input(element, {dtype, shape}, {});
    elements.push_back(tensors_[element]);
  }
  tensors_[name].elements = std::make_shared<const std::vector<FileTensor>>(std::move(elements));
  return {};
}

Status ImportContext::add_sequence_output(const std::string& name) {
  const auto sequence = tensors_[name].elements;
  if (sequence->empty()) {
    return error(Error::kUnsupportedShape, "the graph's output '{}' is a sequence without elements", name)
        .with_hint("leave the output out");
  }
  for (size_t i = 0; i < sequence->size(); ++i) {
    FileTensor element = (*sequence)[i];
    const std::string port = element_name(name, i);
    TMC_ASSIGN(const ir::ValueId value, value_of(port + "_element", element));
    const ir::Value& of = graph_.value(value);
    const ops::Reshape same{{of.type.shape.begin(), of.type.shape.end()}};
    TMC_ASSIGN(const ir::ValueId output, graph_.append(port, same, {value}, Quantization(of.quantization)));
    graph_.add_output(output);
    if (element.text) graph_.texts.insert(port);
  }
  return {};
}

}  // namespace tmc::frontend::onnx_format
