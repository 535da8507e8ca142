// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Steps of the graph that compute with structural operands at run time: indices, axes, starts. Every value is i64
// unless said otherwise; constants are named after the node's output with a suffix.

#include <functional>

#include "tmc/frontend/onnx/patterns.hpp"

namespace tmc::frontend::onnx_format {

// The numbers from 0 on along one axis of a tensor of that rank.
Result<ir::ValueId> append_numbers(ImportContext& context, const std::string& suffix, int64_t count, int axis,
                                   int rank);
// An input of i32 or i64 as i64. kUnsupportedType for another type.
Result<ir::ValueId> integers_of(ImportContext& context, size_t input, const char* what);
// The value under another shape.
Result<ir::ValueId> reshaped(ImportContext& context, const std::string& suffix, ir::ValueId value, const Shape& shape);
// Element `index` of a vector, as one of so many axes.
Result<ir::ValueId> element_of(ImportContext& context, const std::string& suffix, ir::ValueId vector, int64_t index,
                               int rank);
// A vector with an element for each axis of a tensor: those of `elements` at the axes that input `axes` says, negative
// ones from the end, or the first ones where it is absent; `otherwise` at the others.
Result<ir::ValueId> by_axis(ImportContext& context, const std::string& suffix, ir::ValueId elements, size_t axes,
                            int rank, int64_t otherwise);
// The axes that an input says, negative ones from the end, as far as that is known: all where it is computed at run
// time, and the first `count` where it is absent.
Result<std::vector<int>> possible_axes(ImportContext& context, size_t axes, size_t count, int rank);
// Reads the value along an axis at indices, a vector.
Result<ir::ValueId> read_at(ImportContext& context, const std::string& suffix, ir::ValueId value, int axis,
                            ir::ValueId indices);

// Ends the node at hand with what an operator makes of input 0 along the axes that input `operand` says, of which only
// these sets are possible. Where there are several all are computed, and one is chosen at run time.
// kUnsupportedShape for none and for many.
Status import_along(ImportContext& context, size_t operand, const std::vector<std::vector<int64_t>>& sets,
                    const std::function<ops::AnyOp(const std::vector<int64_t>&)>& op);

}  // namespace tmc::frontend::onnx_format
