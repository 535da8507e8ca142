// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// TFLite files (identifier TFL3, schema version 3) to Graph.
//
// One subgraph; tensors of int8, uint8, int16, int32, int64 and float32, quantised per tensor or per axis. A quantised
// uint8 tensor becomes int8 (q - 128, same reals), except that a graph input or output keeps its uint8 and gets a
// `requantize` at the border. SAME padding becomes explicit pads. Values bear the names of the file's tensors, nodes
// the operator's name and their output's.
//
// The file is untrusted. Errors: kMalformed for what is no valid file, and all that the file asks for in vain at once:
// kUnsupportedOp, kUnsupportedType and kUnsupportedShape with operator or tensor; the caller adds the file's name. A
// graph that comes back passes ir::verify. The bytes are copied: the file may go afterwards.

#include <cstddef>
#include <span>

#include "tmc/base/host/refusals.hpp"
#include "tmc/frontend/common/import_options.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend {

Result<ir::Graph> import_tflite(std::span<const std::byte> file, const ImportOptions& options = {});
// The same, but what is refused goes to `refusals`. The graph then is what is left of the file, for whoever looks for
// more to refuse: what refused operators were to give are graph inputs. It need not pass ir::verify.
Result<ir::Graph> import_tflite(std::span<const std::byte> file, const ImportOptions& options, Refusals& refusals);

}  // namespace tmc::frontend
