// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/import_context.hpp"

#include <algorithm>
#include <numeric>

#include "tmc/base/host/element.hpp"
#include "tmc/frontend/common/border.hpp"
#include "tmc/ir/constant_reals.hpp"
#include "tmc/ir/verifier.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/gather_elements.hpp"
#include "tmc/ops/op/gather_nd.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/max_pool2d.hpp"
#include "tmc/ops/op/pad.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::onnx_format {

using ir::Graph;
using ir::ValueId;

bool ImportContext::has_output(size_t index) const {
  // What is left out has no name, as an input that is left out elsewhere has none.
  return index < output_count() && !output_name(index).empty() &&
         (read_.contains(output_name(index)) || outputs_.contains(output_name(index)));
}

const std::string& ImportContext::first_output_name() const {
  size_t index = 0;
  while (output_name(index).empty() && index < output_count()) ++index;
  return output_name(index);
}

void ImportContext::warn(const std::string& text) const {
  options_.warn(fmt::format("node '{}': {}", node_name_, text));
}

// --- reading

Result<FileTensor*> ImportContext::tensor(size_t index) {
  if (!has_input(index)) return error(Error::kMalformed, "input {} is missing", index);
  const auto found = tensors_.find(input_name(index));
  if (found == tensors_.end()) {
    return error(Error::kMalformed, "tensor '{}' is read, but nothing produces it", input_name(index));
  }
  if (found->second.text) {
    return error(Error::kUnsupportedType, "tensor '{}' holds strings, with which it does not compute",
                 input_name(index))
        .with_hint("encode strings with LabelEncoder or OneHotEncoder, or before the model");
  }
  if (!found->second.unknown.empty()) TMC_TRY(value_of(input_name(index), found->second).status());
  if (found->second.elements) {
    return error(Error::kUnsupportedType, "tensor '{}' is a sequence", input_name(index))
        .with_hint("take an element of it with SequenceAt, or join them with ConcatFromSequence");
  }
  if (!found->second.refused || found->second.value != ValueId::kNone) return &found->second;
  missed_ = true;
  return error(Error::kUnsupportedOp, "tensor '{}' comes from a node that is not supported", input_name(index));
}

Result<ValueId> ImportContext::value_of(const std::string& name, FileTensor& tensor) {
  if (tensor.value != ValueId::kNone) return tensor.value;
  if (!tensor.unknown.empty()) {
    return error(Error::kUnsupportedShape, "how many elements '{}' has is known at run time only", name)
        .with_hint(tensor.unknown);
  }
  TMC_TRY(ir::verify_type(tensor.constant->type).at_node(name));
  // Half-precision weights stay as small as they are, and what reads them gets float32; other constants of half
  // precision are not worth a node that passes would have to look through.
  constexpr int kLeastRankOfWeights = 2;
  if (tensor.constant->type.dtype == DType::kF16 && tensor.constant->type.shape.rank() >= kLeastRankOfWeights) {
    const ValueId half = graph_.add_constant(name, tensor.constant->type, tensor.constant->data);
    graph_.name_as_in_file(half, name);
    TMC_ASSIGN(tensor.value, graph_.append(name + "_f32", ops::Dequantize{}, {half}));
    return tensor.value;
  }
  const Constant wide = widened(*tensor.constant);
  tensor.value = graph_.add_constant(name, wide.type, wide.data);
  graph_.name_as_in_file(tensor.value, name);
  return tensor.value;
}

Result<ValueId> ImportContext::input(size_t index) {
  TMC_ASSIGN(FileTensor * found, tensor(index));
  return value_of(input_name(index), *found);
}

Result<ValueId> ImportContext::optional_input(size_t index) {
  if (!has_input(index)) return ValueId::kNone;
  return input(index);
}

Result<Shape> ImportContext::shape_of(size_t index) {
  TMC_ASSIGN(const FileTensor* found, tensor(index));
  return found->constant ? found->constant->type.shape : type(found->value).shape;
}

Result<const Constant*> ImportContext::constant(size_t index, const char* what) {
  TMC_ASSIGN(FileTensor * found, tensor(index));
  if (found->constant) return &*found->constant;
  if (find_reals(*found)) return &*found->reals;
  missed_ = missed_ || found->refused;
  if (ports_.contains(input_name(index))) {
    return error(Error::kUnsupportedShape, "its {} ('{}') is an input of the model", what, input_name(index))
        .with_hint(fmt::format("make a constant of it: an initialiser named '{}'", input_name(index)));
  }
  return error(Error::kUnsupportedShape, "its {} ('{}') is computed at run time", what, input_name(index))
      .with_hint(
          "export the model with fixed shapes and fold its constants, as onnxsim or onnxruntime's offline optimisation "
          "do");
}

bool ImportContext::find_reals(FileTensor& tensor) const {
  if (tensor.reals) return true;
  const ir::NodeId node = graph_.producer_if<ops::Dequantize>(tensor.value);
  if (node == ir::NodeId::kNone) return false;
  const ir::Value& stored = graph_.value(graph_.node(node).inputs[0]);
  if (!stored.is_constant()) return false;
  const std::vector<float> reals = ir::constant_reals(stored);
  tensor.reals = Constant{{DType::kF32, stored.type.shape}, ir::TensorData::of(std::span(reals))};
  return true;
}

const Constant* ImportContext::constant_if(size_t index) const {
  const auto found = has_input(index) ? tensors_.find(input_name(index)) : tensors_.end();
  if (found == tensors_.end()) return nullptr;
  missed_ = missed_ || found->second.refused;
  return found->second.constant && !found->second.text ? &*found->second.constant : nullptr;
}

bool ImportContext::is_constant(size_t index) const {
  const auto found = has_input(index) ? tensors_.find(input_name(index)) : tensors_.end();
  return found != tensors_.end() && (found->second.constant || found->second.value == ValueId::kNone);
}

const NarrowType* ImportContext::narrow_type(size_t index) const {
  const auto found = has_input(index) ? tensors_.find(input_name(index)) : tensors_.end();
  return found == tensors_.end() ? nullptr : found->second.narrow;
}

bool ImportContext::is_at_run_time(size_t index) const {
  if (!has_input(index) || is_constant(index)) return false;
  const auto found = tensors_.find(input_name(index));
  return found != tensors_.end() && graph_.producer_if<ops::Dequantize>(found->second.value) == ir::NodeId::kNone;
}

const Shape* ImportContext::declared_shape(size_t output) const {
  const auto found = shapes_.find(output_name(output));
  return found == shapes_.end() ? nullptr : &found->second;
}

bool ImportContext::all_constant() const {
  for (size_t index = 0; index < input_count(); ++index) {
    if (has_input(index) && !is_constant(index)) return false;
  }
  return true;
}

Result<std::vector<int64_t>> ImportContext::constant_ints(size_t index, const char* what) {
  TMC_ASSIGN(const Constant* found, constant(index, what));
  if (found->type.dtype == DType::kI64) return found->data.to_vector<int64_t>();
  if (found->type.dtype == DType::kI32) {
    const std::vector<int32_t> narrow = found->data.to_vector<int32_t>();
    return std::vector<int64_t>(narrow.begin(), narrow.end());
  }
  return error(Error::kUnsupportedType, "its {} has the element type {}", what, dtype_name(found->type.dtype));
}

Result<double> ImportContext::constant_real(size_t index, const char* what, double otherwise) {
  if (!has_input(index)) return otherwise;
  TMC_ASSIGN(const Constant* found, constant(index, what));
  if (!dtype_is_float(found->type.dtype) || found->type.shape.elements() != 1) {
    return error(Error::kUnsupportedType, "its {} is {} of {} elements, no float scalar", what,
                 dtype_name(found->type.dtype), found->type.shape.elements());
  }
  return load_element(found->type.dtype, found->data.bytes().data());
}

Result<std::optional<std::vector<int64_t>>> ImportContext::reduced_axes(bool one, int64_t input_since_opset) {
  using Axes = std::optional<std::vector<int64_t>>;
  if (one) {
    TMC_ASSIGN(const int64_t axis, attributes().integer("axis", 0));
    return Axes(std::vector<int64_t>{axis});
  }
  TMC_ASSIGN(Axes axes, ints_of("axes", 1, input_since_opset));
  if (axes && !axes->empty()) return axes;
  TMC_ASSIGN(const int64_t no_axes_is_none, attributes().integer("noop_with_empty_axes", 0));
  if (no_axes_is_none != 0) return Axes();
  TMC_ASSIGN(const Shape shape, shape_of(0));
  axes.emplace(static_cast<size_t>(shape.rank()));
  std::iota(axes->begin(), axes->end(), 0);
  return axes;
}

Result<std::optional<std::vector<int64_t>>> ImportContext::ints_of(const char* attribute, size_t input,
                                                                   int64_t since_opset) {
  using Ints = std::optional<std::vector<int64_t>>;
  if (opset_ < since_opset) {
    if (!attributes().has(attribute)) return Ints();
    TMC_ASSIGN(std::vector<int64_t> values, attributes().integers(attribute));
    return Ints(std::move(values));
  }
  if (!has_input(input)) return Ints();
  TMC_ASSIGN(std::vector<int64_t> values, constant_ints(input, attribute));
  return Ints(std::move(values));
}

// --- writing

Result<ValueId> ImportContext::append(const std::string& suffix, ops::AnyOp op, std::vector<ValueId> inputs,
                                      Quantization quantization) {
  return graph_.append(first_output_name() + suffix, std::move(op), std::move(inputs), std::move(quantization));
}

ValueId ImportContext::append_scalar(const std::string& suffix, float value) {
  return graph_.add_constant(first_output_name() + suffix, {DType::kF32, {}},
                             ir::TensorData::of(std::span<const float>(&value, 1)));
}

ValueId ImportContext::add_output_value(size_t index, const ops::TensorType& type, Quantization quantization,
                                        bool shifted) {
  const std::string& name = output_name(index);
  const bool bordered = shifted && outputs_.contains(name);
  const ValueId value =
      graph_.add_value(name + std::string(bordered ? kShiftedSuffix : ""), type, std::move(quantization));
  if (!bordered) graph_.name_as_in_file(value, name);
  tensors_[output_name(index)] = {.value = value, .constant = {}, .shifted = shifted};
  return value;
}

Status ImportContext::finish(size_t index, ops::AnyOp op, std::vector<ValueId> inputs, Quantization quantization,
                             bool shifted) {
  if (output_name(index).empty()) return {};
  TMC_ASSIGN(const std::vector<ops::TensorType> types, graph_.infer(op, inputs));
  const ValueId value = add_output_value(index, types.front(), std::move(quantization), shifted);
  graph_.add_node(node_name_, std::move(op), std::move(inputs), {value});
  return {};
}

Status ImportContext::finish(ops::AnyOp op, std::vector<ValueId> inputs, Quantization quantization, bool shifted) {
  return finish(0, std::move(op), std::move(inputs), std::move(quantization), shifted);
}

namespace {

// ONNX computes on integers, an operator of the graph on the reals that they stand for: the same where elements of one
// quantisation are only moved or chosen.
bool keeps_integers(const Graph& graph, const ops::AnyOp& op, const std::vector<ValueId>& inputs) {
  const Quantization& first = graph.value(inputs.front()).quantization;
  if (first.empty()) return true;  // not known to stand for reals; `select` refuses what no kernel computes
  const bool same =
      std::ranges::all_of(inputs, [&](ValueId input) { return graph.value(input).quantization == first; });
  if (op.is<ops::Relu>()) return !first.per_axis() && first.zero_point() == 0;
  return op.is<ops::Reshape>() || op.is<ops::Slice>() || op.is<ops::Transpose>() || op.is<ops::MaxPool2d>() ||
         op.is<ops::Pad>() || op.is<ops::Lookup>() || op.is<ops::GatherElements>() || op.is<ops::GatherNd>() ||
         (op.is<ops::Concat>() && same);
}

}  // namespace

Status ImportContext::finish(size_t index, ops::AnyOp op, std::vector<ValueId> inputs) {
  TMC_ASSIGN(const std::vector<ops::TensorType> types, graph_.infer(op, inputs));
  if (dtype_is_float(types.front().dtype) || inputs.empty()) {
    return finish(index, std::move(op), std::move(inputs), {}, false);
  }
  const Quantization& first = graph_.value(inputs.front()).quantization;
  if (!keeps_integers(graph_, op, inputs)) {
    return error(Error::kUnsupportedType, "it computes with {} integers as such, not with the reals they stand for",
                 dtype_name(types.front().dtype))
        .with_hint("dequantise its inputs, and quantise its output");
  }
  const auto found = has_input(0) ? tensors_.find(input_name(0)) : tensors_.end();
  const bool shifted = found != tensors_.end() && found->second.shifted;
  return finish(index, std::move(op), std::move(inputs), first.per_axis() ? Quantization() : first, shifted);
}

Status ImportContext::finish(ops::AnyOp op, std::vector<ValueId> inputs) {
  return finish(size_t{0}, std::move(op), std::move(inputs));
}

Status ImportContext::finish_output(size_t index, ops::AnyOp op, std::vector<ValueId> inputs) {
  return has_output(index) ? finish(index, std::move(op), std::move(inputs)) : Status();
}

Status ImportContext::finish_all(ops::AnyOp op, std::vector<ValueId> inputs, std::vector<Quantization> quantizations) {
  TMC_ASSIGN(const std::vector<ops::TensorType> types, graph_.infer(op, inputs));
  std::vector<ValueId> outputs;
  for (size_t i = 0; i < types.size(); ++i) {
    outputs.push_back(output_name(i).empty()
                          ? graph_.add_value(first_output_name() + "_unnamed", types[i], std::move(quantizations[i]))
                          : add_output_value(i, types[i], std::move(quantizations[i]), false));
  }
  graph_.add_node(node_name_, std::move(op), std::move(inputs), std::move(outputs));
  return {};
}

Status ImportContext::finish_as(ValueId value) {
  // A graph output keeps its name, for which it needs a value of its own.
  if (outputs_.contains(output_name())) {
    const Shape& shape = type(value).shape;
    return finish(ops::Reshape{{shape.begin(), shape.end()}}, {value});
  }
  TMC_ASSIGN(const FileTensor* source, tensor(0));
  tensors_[output_name()] = {.value = value, .constant = {}, .shifted = source->shifted};
  return {};
}

Status ImportContext::finish_as(Constant constant) {
  return finish_output_as(0, std::move(constant));
}

Status ImportContext::finish_output_as(size_t index, Constant constant) {
  if (output_name(index).empty()) return {};
  tensors_[output_name(index)] = {.value = ValueId::kNone, .constant = std::move(constant), .shifted = false};
  return {};
}

// --- the file

void ImportContext::skip_node(const ::onnx::NodeProto& node) {
  const auto may_be_constant = [&](const std::string& name) {
    const auto found = tensors_.find(name);
    return name.empty() ||
           (found != tensors_.end() && (found->second.constant || found->second.value == ValueId::kNone));
  };
  // What would be a constant must not look like something that is computed at run time.
  const bool would_be_constant = std::ranges::all_of(node.input(), may_be_constant);
  for (const std::string& name : node.output()) {
    if (name.empty() || tensors_.contains(name)) continue;
    FileTensor& tensor = tensors_[name];
    tensor.refused = true;
    const auto type = declared_.find(name);
    if (!would_be_constant && type != declared_.end()) tensor.value = graph_.add_input(name, type->second);
  }
}

const FileTensor* ImportContext::find_tensor(const std::string& name) const {
  const auto found = tensors_.find(name);
  return found == tensors_.end() ? nullptr : &found->second;
}

Status ImportContext::import_node(const ::onnx::NodeProto& node, const std::string& node_name,
                                  const NodeImporter& importer) {
  node_ = &node;
  node_name_ = node_name;
  missed_ = false;
  if (first_output_name().empty()) return error(Error::kMalformed, "it has no output").at_node(node_name);
  return importer(*this).at_node(node_name);
}

}  // namespace tmc::frontend::onnx_format
