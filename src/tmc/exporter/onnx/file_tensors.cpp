// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exporter/onnx/file_tensors.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "tmc/ir/constant_reals.hpp"

namespace tmc::exporter::onnx_format {

using ir::ValueId;

namespace {

// What the change of layout and quantising append to a tensor's name (opt/pass/convert_layout.cpp, quant/scheme).
constexpr std::string_view kChannelsLast = "_nhwc";
constexpr std::string_view kQuantized = "_quantized";

bool strip(std::string& name, std::string_view suffix) {
  if (name.size() <= suffix.size() || !name.ends_with(suffix)) return false;
  name.resize(name.size() - suffix.size());
  return true;
}

struct Names {
  std::string integers, computed, dequantized;
};

// Of a value that lies in the file in that order.
Names names_of(const ir::Value& value, const Permutation& order) {
  std::string plain = value.name;
  const bool says_quantized = strip(plain, kQuantized);
  if (!ir::is_identity(order) && !strip(plain, kChannelsLast)) plain += "_nchw";
  if (value.quantization.empty()) return {plain, plain, plain};
  if (says_quantized) return {plain + std::string(kQuantized), plain, plain + "_dequantized"};
  return {plain, plain + "_real", plain + "_dequantized"};
}

template <typename T>
ir::TensorData narrowed(const std::vector<int32_t>& values) {
  const std::vector<T> narrow(values.begin(), values.end());
  return ir::TensorData::of(std::span(narrow));
}

Result<ir::TensorData> zero_points_as(DType dtype, const std::vector<int32_t>& values) {
  switch (dtype) {
    case DType::kI8:
      return narrowed<int8_t>(values);
    case DType::kU8:
      return narrowed<uint8_t>(values);
    case DType::kI16:
      return narrowed<int16_t>(values);
    case DType::kU16:
      return narrowed<uint16_t>(values);
    case DType::kI32:
      return narrowed<int32_t>(values);
    default:
      return error(Error::kUnsupportedType, "ONNX has no tensors quantised to {}", dtype_name(dtype));
  }
}

// Float constants of any width are written as float32.
ir::Value as_file_holds_it(ir::Value constant) {
  if (!dtype_is_float(constant.type.dtype) || constant.type.dtype == DType::kF32) return constant;
  const std::vector<float> reals = ir::constant_reals(constant);
  constant.data = ir::TensorData::of(std::span(reals));
  constant.type.dtype = DType::kF32;
  return constant;
}

// With extents of 1 in front, up to that rank.
void broadcast_to_rank(ir::Value& constant, int rank) {
  Shape shape;
  const int missing = rank - constant.type.shape.rank();
  for (int axis = 0; axis < missing; ++axis) shape.push_back(1);
  for (const int64_t extent : constant.type.shape) shape.push_back(extent);
  constant.type.shape = shape;
  if (constant.quantization.per_axis()) constant.quantization.axis += std::max(missing, 0);
}

}  // namespace

Permutation identity_order(int rank) {
  Permutation order(static_cast<size_t>(rank));
  std::iota(order.begin(), order.end(), 0);
  return order;
}

FileTensors::FileTensors(const ir::Graph& graph, ModelWriter& model) : graph_(&graph), model_(&model) {
  for (const ValueId id : graph.outputs()) model.claim(value(id).name);
  for (const ValueId id : graph.inputs()) {
    const ir::Value& input = value(id);
    if (!graph.is_output(id)) model.claim(input.name);
    model.add_input(input.name, input.type);
    add_view(id, identity_order(input.type.shape.rank()), {input.name, input.type, input.quantization, {}, {}, {}});
  }
}

void FileTensors::add_view(ValueId id, const Permutation& order, Stored stored) {
  views_[id] = {stored_.size(), order};
  stored_.push_back(std::move(stored));
}

Permutation FileTensors::order_of(ValueId id) const {
  const auto view = views_.find(id);
  return view == views_.end() ? identity_order(value(id).type.shape.rank()) : view->second.order;
}

const std::string* FileTensors::name_of(ValueId id) const {
  const auto view = views_.find(id);
  return view == views_.end() ? nullptr : &stored_[view->second.stored].name;
}

bool FileTensors::is_output_in(ValueId id, const Permutation& order) const {
  return graph_->is_output(id) && ir::is_identity(order);
}

Result<FileTensors::Parameters> FileTensors::add_parameters(const std::string& name, DType dtype,
                                                            const Quantization& quantization) {
  Parameters parameters;
  const bool per_axis = quantization.per_axis();
  const Shape shape = per_axis ? Shape::of(quantization.scales.size()) : Shape();
  parameters.scale = model_->claim(name + "_scale");
  model_->add_constant(parameters.scale, {DType::kF32, shape}, std::as_bytes(std::span(quantization.scales)));
  // The format wants none but 0 for int32, and 0 is what it takes for a missing one.
  if (dtype == DType::kI32) return parameters;
  TMC_ASSIGN(const ir::TensorData zero_points, zero_points_as(dtype, quantization.zero_points));
  parameters.zero_point = model_->claim(name + "_zero_point");
  model_->add_constant(parameters.zero_point, {dtype, shape}, zero_points.bytes());
  return parameters;
}

namespace {

std::vector<std::string> operands(const std::string& first, const std::string& scale, const std::string& zero_point) {
  if (zero_point.empty()) return {first, scale};
  return {first, scale, zero_point};
}

Attributes axis_of(const Quantization& quantization) {
  if (!quantization.per_axis()) return {};
  return {{"axis", int64_t{quantization.axis}}};
}

}  // namespace

Status FileTensors::write_dequantize(Stored& stored, const std::string& output) {
  if (stored.parameters.scale.empty()) {
    TMC_ASSIGN(stored.parameters, add_parameters(stored.name, stored.type.dtype, stored.quantization));
  }
  model_->add_node(output + "_dequantize", "DequantizeLinear",
                   operands(stored.name, stored.parameters.scale, stored.parameters.zero_point), output,
                   axis_of(stored.quantization));
  stored.real = output;
  return {};
}

Result<std::string> FileTensors::real_of(Stored& stored, const std::string& wanted) {
  if (stored.quantization.empty()) return stored.name;
  if (stored.real.empty()) TMC_TRY(write_dequantize(stored, model_->claim(wanted)));
  return stored.real;
}

Result<std::string> FileTensors::real(ValueId id, const Permutation& order) {
  if (value(id).is_constant()) return real_constant(id, order, value(id).quantization);
  const View& view = views_.at(id);
  Stored& stored = stored_[view.stored];
  TMC_ASSIGN(const std::string lying, real_of(stored, names_of(value(id), view.order).dequantized));
  const Permutation perm = ir::compose(ir::inverse(view.order), order);
  if (ir::is_identity(perm)) return lying;
  std::string& name = stored.transposed[perm];
  if (name.empty()) {
    name = model_->claim(lying + "_transposed");
    model_->add_node(name, "Transpose", {lying}, name, {{"perm", perm}});
  }
  return name;
}

Result<std::string> FileTensors::real_constant(ValueId id, const Permutation& order, const Quantization& quantization) {
  std::string& known = constants_[{id, order}];
  if (!known.empty()) return known;
  ir::Value constant = as_file_holds_it(value(id));
  constant.quantization = quantization;
  const Names names = names_of(constant, order);
  if (constant.type.shape.rank() < static_cast<int>(order.size())) {
    broadcast_to_rank(constant, static_cast<int>(order.size()));
  }
  const ir::TensorData data = ir::permute(*constant.data, constant.type, order);
  const ops::TensorType type{constant.type.dtype, ir::permute(constant.type.shape, order)};
  Stored stored{model_->claim(names.integers), type, ir::permute(constant.quantization, order), {}, {}, {}};
  model_->add_constant(stored.name, type, data.bytes());
  TMC_ASSIGN(known, real_of(stored, names.dequantized));
  return known;
}

std::string FileTensors::name_for_real(ValueId id, const Permutation& order) {
  const ir::Value& made = value(id);
  if (made.quantization.empty() && is_output_in(id, order)) return made.name;
  return model_->claim(names_of(made, order).computed);
}

Status FileTensors::store(ValueId id, const std::string& real, const Permutation& order) {
  const ir::Value& made = value(id);
  Stored stored{
      real, {made.type.dtype, ir::permute(made.type.shape, order)}, ir::permute(made.quantization, order), {}, {}, {}};
  if (!made.quantization.empty()) {
    stored.name = is_output_in(id, order) ? made.name : model_->claim(names_of(made, order).integers);
    TMC_ASSIGN(stored.parameters, add_parameters(stored.name, made.type.dtype, stored.quantization));
    model_->add_node(stored.name + "_quantize", "QuantizeLinear",
                     operands(real, stored.parameters.scale, stored.parameters.zero_point), stored.name,
                     axis_of(stored.quantization));
  }
  add_view(id, order, std::move(stored));
  return {};
}

void FileTensors::look_at(ValueId id, ValueId source, const Permutation& perm) {
  const View& view = views_.at(source);
  views_[id] = {view.stored, ir::compose(ir::inverse(perm), view.order)};
}

Status FileTensors::store_reals_of(ValueId id, ValueId source) {
  const Permutation order = order_of(source);
  std::string name;
  if (!value(source).is_constant() && is_output_in(id, order)) {
    name = value(id).name;
    TMC_TRY(write_dequantize(stored_[views_.at(source).stored], name));
  } else {
    TMC_ASSIGN(name, real(source, order));
  }
  return store(id, name, order);
}

Status FileTensors::finish_outputs() {
  for (const ValueId id : graph_->outputs()) {
    TMC_TRY(finish_output(id).at_node(value(id).name));
    model_->add_output(value(id).name, value(id).type);
  }
  return {};
}

// Most lie there as they shall; others are transposed, or are something else's reals or integers.
Status FileTensors::finish_output(ValueId id) {
  const ir::Value& output = value(id);
  const auto view = views_.find(id);
  if (view != views_.end() && stored_[view->second.stored].name == output.name) return {};
  TMC_ASSIGN(const std::string own, real(id, identity_order(output.type.shape.rank())));
  if (output.quantization.empty()) {
    model_->add_node(output.name, "Identity", {own}, output.name, {});
    return {};
  }
  TMC_ASSIGN(const Parameters parameters, add_parameters(output.name, output.type.dtype, output.quantization));
  model_->add_node(output.name + "_quantize", "QuantizeLinear", operands(own, parameters.scale, parameters.zero_point),
                   output.name, axis_of(output.quantization));
  return {};
}

}  // namespace tmc::exporter::onnx_format
