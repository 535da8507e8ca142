// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/declared.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <set>

#include "tmc/frontend/onnx/open_extents.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/function/functions.gen.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend::onnx_format {
namespace {

// What is left of a shape whose axes in `mask` are reduced.
Shape without(const Shape& from, uint32_t mask, bool keep_dims) {
  Shape left;
  for (int axis = 0; axis < from.rank(); ++axis) {
    const bool is_reduced = (mask >> axis & 1) != 0;
    if (!is_reduced || keep_dims) left.push_back(is_reduced ? 1 : from[axis]);
  }
  return left;
}

// The axes of the mask that have more than one element: reducing another one changes nothing.
uint32_t long_axes(const Shape& from, uint32_t mask) {
  for (int axis = 0; axis < from.rank(); ++axis) {
    if (from[axis] == 1) mask &= ~(uint32_t{1} << axis);
  }
  return mask;
}

// Operators whose output has the shape of their first input, whatever the others are.
bool keeps_shape(const std::string& op) {
  static const std::set<std::string> kFunctions = [] {
    std::set<std::string> names = {"Identity", "Cast",       "CastLike",       "Clip",
                                   "Softmax",  "LogSoftmax", "QuantizeLinear", "DequantizeLinear"};
    function::Unary::for_each([&]<typename Function>(Function) {
      if constexpr (Function::kOnnx != nullptr) names.insert(Function::kOnnx);
    });
    return names;
  }();
  return kFunctions.contains(op);
}

}  // namespace

std::map<std::string, Shape> implied_shapes(const ::onnx::GraphProto& graph,
                                            const std::map<std::string, ops::TensorType>& declared) {
  std::map<std::string, Shape> shapes;
  for (const auto& [name, type] : declared) shapes.emplace(name, type.shape);
  // Those of strings, without their bytes.
  for (const auto* infos : {&graph.value_info(), &graph.output()}) {
    for (const auto& info : *infos) {
      if (info.type().tensor_type().elem_type() != ::onnx::TensorProto::STRING) continue;
      const auto shape = read_open_shape(info.type().tensor_type());
      if (shape.ok() && shape->has_rank && shape->extents.elements() > 0) shapes.emplace(info.name(), shape->extents);
    }
  }
  // Most files have their nodes in order; where they do not, less follows.
  for (int i = graph.node_size(); i-- > 0;) {
    const auto& node = graph.node(i);
    if (!keeps_shape(node.op_type()) || node.input_size() < 1 || node.output_size() < 1) continue;
    const auto output = shapes.find(node.output(0));
    if (output != shapes.end()) shapes.emplace(node.input(0), output->second);
  }
  return shapes;
}

std::map<std::string, ops::TensorType> declared_types(const ::onnx::GraphProto& graph) {
  std::map<std::string, ops::TensorType> types;
  const auto note = [&](const ::onnx::ValueInfoProto& info) {
    if (!info.type().has_tensor_type() || !info.type().tensor_type().has_shape()) return;
    const auto dtype = read_dtype(info.type().tensor_type().elem_type());
    const auto shape = read_open_shape(info.type().tensor_type());
    if (!dtype.ok() || !shape.ok()) return;
    const ops::TensorType type{widened(*dtype), shape->extents};
    if (ir::verify_type(type).ok()) types.emplace(info.name(), type);
  };
  for (const auto& info : graph.value_info()) note(info);
  for (const auto& output : graph.output()) note(output);
  return types;
}

Result<Shape> declared_shape(ImportContext& context, size_t operand, const char* what, size_t output) {
  TMC_TRY(context.tensor(operand).status());
  const Shape* shape = context.declared_shape(output);
  if (shape == nullptr) {
    return error(Error::kUnsupportedShape, "its {} ('{}') is {}, and the file does not say the shape of '{}'", what,
                 context.input_name(operand),
                 context.is_port(operand) ? "an input of the model" : "computed at run time",
                 context.output_name(output))
        .with_hint(
            fmt::format("make a constant of it, as onnxsim does, or have onnx.shape_inference declare '{}' with a "
                        "fixed shape",
                        context.output_name(output)));
  }
  context.warn(fmt::format("the {} '{}' is taken to give '{}' the shape [{}] that the file declares", what,
                           context.input_name(operand), context.output_name(output), fmt::join(*shape, ", ")));
  return *shape;
}

Result<Shape> shape_operand(ImportContext& context, size_t operand) {
  if (context.is_at_run_time(operand)) return declared_shape(context, operand, "shape");
  TMC_ASSIGN(const std::vector<int64_t> extents, context.constant_ints(operand, "shape"));
  return read_extents(extents);
}

Status import_reshape_as_declared(ImportContext& context, const char* what) {
  TMC_ASSIGN(const Shape declared, declared_shape(context, 1, what));
  return import_reshape_to(context, {declared.begin(), declared.end()});
}

std::vector<std::vector<int64_t>> axes_between(const Shape& from, const Shape& to, bool keep_dims, size_t count) {
  std::vector<std::vector<int64_t>> sets;
  std::vector<uint32_t> seen;
  for (uint32_t mask = 0; mask < uint32_t{1} << from.rank(); ++mask) {
    if (static_cast<size_t>(std::popcount(mask)) != count || without(from, mask, keep_dims) != to) continue;
    if (std::ranges::find(seen, long_axes(from, mask)) != seen.end()) continue;
    seen.push_back(long_axes(from, mask));
    std::vector<int64_t>& axes = sets.emplace_back();
    for (int axis = 0; axis < from.rank(); ++axis) {
      if ((mask >> axis & 1) != 0) axes.push_back(axis);
    }
  }
  return sets;
}

}  // namespace tmc::frontend::onnx_format
