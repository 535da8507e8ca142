// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The JSON form of a program, for tools, and the same as YAML (base/host/yaml.hpp). The JSON reads back to the same
// program:
//
//   {"name": "net", "target": "host", "keep_inputs": false, "pin_region": "",
//    "plan": {"method": "best fit", "lower_bound_bytes": 64, "optimal": true, "reordered": false,
//             "views": 0, "streamed_nodes": 0, "moved_bytes": 0},
//    "regions": [{"name": "arena", "used_bytes": 64}],
//    "buffers": [{"name": "x", "kind": "input", "bytes": 49, "region": 0, "offset": 0}],       offset null: open
//    "constants": [{"name": "w", "dtype": "i8", "is_table": false, "pinned": false, "bytes": 3, "data": "base64"}],
//    "steps": [{"name": "n", "op": "add", "isa": "portable", "body": "add_s8", "macs": 0, "choice": "why",
//               "stripe": -1, "loop": -1,
//               "params": {"elements": 49, "extents": [1, 7, 7, 1]},
//               "operands": [{"name": "a", "buffer": 0, "byte_offset": 0, "bytes": 0,
//                             "advance_bytes": 0},
//                            {"name": "w", "constant": 0},
//                            {"name": "scratch"}]}],
//    "loops": [{"trips": 28}],
//    "tensors": [{"name": "x", "dtype": "i8", "shape": [7, 7], "quantization": {...}, "buffer": 0, "byte_offset": 0,
//                 "step": -1}],
//    "state_buffer": -1, "initial_state": -1, "inputs": [0], "outputs": [1]}
//
// `quantization` is there where the tensor has one. Names that are not UTF-8 and real parameters that are not finite do
// not survive: JSON cannot say them.

#include <string>
#include <string_view>

#include "tmc/program/program.hpp"

namespace tmc::program {

std::string to_json(const Program& program);  // on one line
std::string to_yaml(const Program& program);

// The program is verified, and so is that the params of its steps fit its buffers (program/extents.hpp). Whether packed
// constants are what their implementation's pack would make is not known: run only what this compiler has written.
// Error: kMalformed with the member that is missing or wrong, kNotFound for an implementation that this build does not
// have, or what the verifiers find.
Result<Program> from_json(std::string_view text);

}  // namespace tmc::program
