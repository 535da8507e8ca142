// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Structural operands (shapes, axes, pads, sizes) that are computed at run time. The graph's shapes are fixed, so that
// such an operand can only be what gives the type that the file declares for the node's output: that type is read in
// its place, and a warning says so. Where the file declares none, a refusal says what helps.

#include <map>
#include <string>
#include <vector>

#include "tmc/frontend/onnx/import_context.hpp"

namespace tmc::frontend::onnx_format {

// What the file says of the types of its tensors (value_info and the graph's outputs), where it says all of it.
std::map<std::string, ops::TensorType> declared_types(const ::onnx::GraphProto& graph);

// What follows from them for tensors that the file says nothing of: functions of elements keep the shape of their
// operand.
std::map<std::string, Shape> implied_shapes(const ::onnx::GraphProto& graph,
                                            const std::map<std::string, ops::TensorType>& declared);

// The shape that the file declares for an output, in place of input `operand`, which is computed at run time.
// kUnsupportedShape where it declares none.
Result<Shape> declared_shape(ImportContext& context, size_t operand, const char* what, size_t output = 0);

// An operand that says a shape: its constant elements, or where it is computed at run time what is declared.
Result<Shape> shape_operand(ImportContext& context, size_t operand);

// Where input 1 of a Reshape or its kin is computed at run time: a reshape to what is declared.
Status import_reshape_as_declared(ImportContext& context, const char* what);

// The sets of axes of which each leads from a shape to the declared one when reduced, or squeezed; those that differ in
// axes of extent 1 alone count as one. `count` axes each.
std::vector<std::vector<int64_t>> axes_between(const Shape& from, const Shape& to, bool keep_dims, size_t count);

}  // namespace tmc::frontend::onnx_format
