// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/node_context.hpp"

#include <algorithm>

#include "saved_model.pb.h"
#include "tmc/base/host/element.hpp"
#include "tmc/frontend/savedmodel/graph_import.hpp"
#include "tmc/frontend/savedmodel/types.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::savedmodel {
namespace {

// Null where it is absent.
Result<const proto::AttrValue*> find(const proto::NodeDef& node, const char* name,
                                     proto::AttrValue::ValueCase expected) {
  const auto found = node.attr().find(name);
  if (found == node.attr().end() || found->second.value_case() == proto::AttrValue::VALUE_NOT_SET) return nullptr;
  if (found->second.value_case() == expected) return &found->second;
  return error(Error::kMalformed, "its attribute '{}' is of another type than expected", name);
}

}  // namespace

const std::string& NodeContext::op() const {
  return node_.op();
}

Result<int64_t> NodeContext::integer(const char* attribute, int64_t otherwise) const {
  TMC_ASSIGN(const auto* found, find(node_, attribute, proto::AttrValue::kI));
  return found == nullptr ? otherwise : found->i();
}

Result<bool> NodeContext::truth(const char* attribute, bool otherwise) const {
  TMC_ASSIGN(const auto* found, find(node_, attribute, proto::AttrValue::kB));
  return found == nullptr ? otherwise : found->b();
}

Result<double> NodeContext::real(const char* attribute, double otherwise) const {
  TMC_ASSIGN(const auto* found, find(node_, attribute, proto::AttrValue::kF));
  return found == nullptr ? otherwise : static_cast<double>(found->f());
}

Result<std::string> NodeContext::text(const char* attribute, const std::string& otherwise) const {
  TMC_ASSIGN(const auto* found, find(node_, attribute, proto::AttrValue::kS));
  return found == nullptr ? otherwise : found->s();
}

Result<std::vector<int64_t>> NodeContext::integers(const char* attribute) const {
  TMC_ASSIGN(const auto* found, find(node_, attribute, proto::AttrValue::kList));
  if (found == nullptr) return std::vector<int64_t>();
  return std::vector<int64_t>(found->list().i().begin(), found->list().i().end());
}

Result<DType> NodeContext::dtype(const char* attribute, DType otherwise) const {
  TMC_ASSIGN(const auto* found, find(node_, attribute, proto::AttrValue::kType));
  if (found == nullptr) return otherwise;
  return dtype_of(found->type());
}

Result<std::string> NodeContext::function(const char* attribute) const {
  TMC_ASSIGN(const auto* found, find(node_, attribute, proto::AttrValue::kFunc));
  if (found == nullptr) return error(Error::kMalformed, "it does not say which function is its '{}'", attribute);
  return found->func().name();
}

Result<std::string> NodeContext::input(size_t index) const {
  if (index >= inputs_.size()) return error(Error::kMalformed, "input {} is missing", index);
  if (inputs_[index].kind == Value::Kind::kTensor) return inputs_[index].name;
  return error(Error::kMalformed, "input {} is no tensor, but a variable or a list", index);
}

Result<NodeContext::Tensors> NodeContext::tensors(size_t first, size_t without) const {
  Tensors names;
  for (size_t i = first; i + without < inputs_.size(); ++i) {
    TMC_ASSIGN(std::string name, input(i));
    names.push_back(std::move(name));
  }
  return names;
}

Result<Shape> NodeContext::shape(size_t index) const {
  TMC_ASSIGN(const std::string name, input(index));
  TMC_ASSIGN(const ops::TensorType type, steps_.type(name));
  return type.shape;
}

std::optional<std::vector<int64_t>> NodeContext::known(const std::string& tensor) const {
  const ir::TensorData* data = steps_.constant(tensor);
  if (data == nullptr) return std::nullopt;
  const Result<ops::TensorType> type = steps_.type(tensor);
  constexpr int64_t kMost = 4096;
  if (!type.ok() || type->shape.elements() > kMost) return std::nullopt;
  if (type->dtype == DType::kI64) return data->to_vector<int64_t>();
  if (type->dtype == DType::kI32) {
    const std::vector<int32_t> narrow = data->to_vector<int32_t>();
    return std::vector<int64_t>(narrow.begin(), narrow.end());
  }
  if (type->dtype != DType::kBool) return std::nullopt;
  std::vector<int64_t> truths;
  for (const std::byte byte : data->bytes()) truths.push_back(byte != std::byte{0} ? 1 : 0);
  return truths;
}

Result<std::vector<int64_t>> NodeContext::constant_ints(size_t index, const char* what) const {
  TMC_ASSIGN(const std::string name, input(index));
  const auto values = known(name);
  if (values) return *values;
  return error(Error::kUnsupportedShape, "its {} ('{}') is computed at run time, or long", what, name)
      .with_hint("make it a constant of the function, or follow from the shapes of its inputs");
}

Result<int64_t> NodeContext::constant_int(size_t index, const char* what) const {
  TMC_ASSIGN(const std::vector<int64_t> values, constant_ints(index, what));
  if (values.size() == 1) return values.front();
  return error(Error::kMalformed, "its {} is {} numbers, not one", what, values.size());
}

Result<int> NodeContext::constant_axis(size_t index, int rank) const {
  TMC_ASSIGN(const int64_t given, constant_int(index, "axis"));
  return ops::normalize_axis(given, rank);
}

// --- what it gives

Result<NodeContext::Tensors> NodeContext::append_many(size_t outputs, const std::string& op, Tensors inputs,
                                                      Attributes attributes) {
  onnx_format::Step step{op, std::move(inputs), {}, std::move(attributes)};
  for (size_t i = 0; i < outputs; ++i) step.outputs.push_back(graph_.new_name(name_));
  TMC_TRY(steps_.run(step, name_));
  return step.outputs;
}

Result<std::string> NodeContext::append(const std::string& op, Tensors inputs, Attributes attributes) {
  TMC_ASSIGN(Tensors outputs, append_many(1, op, std::move(inputs), std::move(attributes)));
  return std::move(outputs.front());
}

Result<std::string> NodeContext::append_integers(const std::vector<int64_t>& values, DType dtype) {
  const ops::TensorType type{dtype, Shape::of(values.size())};
  TMC_TRY(steps_.budget().take_computed(type));
  std::string name = graph_.new_name(name_);
  steps_.add_constant(name, type, integer_data(dtype, values));
  return name;
}

Result<std::string> NodeContext::append_scalar(double value, DType dtype) {
  std::vector<std::byte> bytes(dtype_bytes(dtype));
  store_element(dtype, value, bytes.data());
  std::string name = graph_.new_name(name_);
  steps_.add_constant(name, {dtype, Shape()}, ir::TensorData(std::move(bytes)));
  return name;
}

Result<std::string> NodeContext::transposed(const std::string& tensor, std::vector<int64_t> perm) {
  if (std::ranges::is_sorted(perm)) return tensor;
  if (steps_.constant(tensor) == nullptr) return append("Transpose", {tensor}, {{"perm", std::move(perm)}});
  std::string& known = graph_.transposed_constant(tensor, perm);
  if (known.empty()) {
    TMC_ASSIGN(known, append("Transpose", {tensor}, {{"perm", std::move(perm)}}));
  }
  return known;
}

Result<std::string> NodeContext::reshaped(const std::string& tensor, const std::vector<int64_t>& extents) {
  TMC_ASSIGN(std::string shape, append_integers(extents));
  return append("Reshape", {tensor, std::move(shape)}, {{"allowzero", int64_t{1}}});
}

Result<std::string> NodeContext::as_dtype(const std::string& tensor, DType dtype) {
  TMC_ASSIGN(const ops::TensorType type, steps_.type(tensor));
  if (type.dtype == dtype) return tensor;
  return append("Cast", {tensor}, {{"to", dtype}});
}

Status NodeContext::finish(const std::string& op, Tensors inputs, Attributes attributes) {
  TMC_ASSIGN(std::string output, append(op, std::move(inputs), std::move(attributes)));
  return finish_as(output);
}

Status NodeContext::finish_node(ops::AnyOp op, const Tensors& inputs) {
  const std::string output = graph_.new_name(name_);
  TMC_TRY(steps_.append(std::move(op), inputs, output, name_));
  return finish_as(output);
}

Status NodeContext::finish_as(const std::string& tensor) {
  outputs_.push_back({Value::Kind::kTensor, tensor});
  return {};
}

Status NodeContext::finish_as(const Tensors& tensors) {
  for (const std::string& tensor : tensors) TMC_TRY(finish_as(tensor));
  return {};
}

}  // namespace tmc::frontend::savedmodel
