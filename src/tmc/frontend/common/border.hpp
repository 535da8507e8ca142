// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Quantised uint8 tensors at a graph's border. Inside a graph they are int8; a graph input or output keeps the file's
// uint8 and its name, and a `requantize` stands between.

#include <string>
#include <string_view>

#include "tmc/ir/graph.hpp"

namespace tmc::frontend {

// What the inner value's name adds to the port's.
inline constexpr std::string_view kShiftedSuffix = "_i8";

// The int8 value for a quantised uint8 graph input.
Result<ir::ValueId> append_signed(ir::Graph& graph, ir::ValueId port);

// The uint8 value `name` for an inner value; the caller makes it a graph output.
Result<ir::ValueId> append_unsigned(ir::Graph& graph, const std::string& name, ir::ValueId value);

}  // namespace tmc::frontend
