// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Quantised uint8 tensors at a graph's border. Inside a graph they are int8; a graph input or output keeps the file's
// uint8 and its name, and a `requantize` stands between.

#include <span>
#include <string>
#include <string_view>

#include "tmc/frontend/common/import_options.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend {

// What the inner value's name adds to the port's.
inline constexpr std::string_view kShiftedSuffix = "_i8";

// The int8 value for a quantised uint8 graph input.
Result<ir::ValueId> append_signed(ir::Graph& graph, ir::ValueId port);

// The uint8 value `name` for an inner value; the caller makes it a graph output.
Result<ir::ValueId> append_unsigned(ir::Graph& graph, const std::string& name, ir::ValueId value);

// kBadUsage where a shape is given for a tensor that is no input of the graph.
Status check_shape_names(const ImportOptions& options, std::span<const std::string> inputs);

// Says how to give the shape of an input whose extents (0 or less: unknown) the file leaves open.
std::string shape_remedy(const std::string& input, const Shape& extents);

}  // namespace tmc::frontend
