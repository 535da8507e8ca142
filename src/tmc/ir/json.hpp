// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The JSON and YAML forms of a graph, for tools. It reads back to the same graph, ids included where no id was erased:
//
//   {"name": "net", "requantization": "one_rounding",
//    "inputs": ["x"], "outputs": ["y"],
//    "values": [{"name": "x", "dtype": "i8", "shape": [1, 4],
//                "quantization": {"axis": -1, "scales": [0.5], "zero_points": [3]},
//                "data": "base64 of little-endian elements"}, ...],
//    "nodes": [{"name": "n", "op": "add", "attributes": {"activation": "relu"},
//               "inputs": ["x", null], "outputs": ["y"]}, ...]}
//
// `requantization` is there where it is not the default, `quantization` and `data` where the value has them; all
// attributes are. A real that JSON cannot say is "inf", "-inf" or "nan". Names that are not UTF-8 do not survive: JSON
// cannot say them.

#include <string>
#include <string_view>

#include "tmc/ir/graph.hpp"

namespace tmc::ir {

// Indented by `indent` spaces a level; on one line where it is negative.
std::string to_json(const Graph& graph, int indent = -1);

// The graph is verified. Error: kMalformed with the member that is missing or wrong, or what `verify` finds.
Result<Graph> from_json(std::string_view text);

// The same as YAML (base/host/yaml.hpp), which is easier on the eyes and in a diff.
std::string to_yaml(const Graph& graph);
Result<Graph> from_yaml(std::string_view text);

// An operator alone: {"op": "clip", "attributes": {"min": 0.0, "max": 6.0}}.
std::string to_json(const AnyOp& op);
Result<AnyOp> op_from_json(std::string_view text);

}  // namespace tmc::ir
