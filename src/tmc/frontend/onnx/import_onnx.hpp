// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// ONNX files to Graph: operators of the default domain, opsets 7 to 23.
//
// The graph comes as the file says it: float operators, and QuantizeLinear and DequantizeLinear as `quantize` (ties to
// even) and `dequantize` around values that bear the quantisation; the pass that lowers them is not here. Layout stays
// nchw. A quantised uint8 tensor becomes int8 (q - 128, same reals), except that a graph input or output keeps its
// uint8 and gets a `requantize` at the border. Weights of a matrix product come transposed to `fully_connected`'s
// layout, through the dequantize that follows them where there is one. What the file computes from constants alone by
// moving elements (Reshape, Transpose, Squeeze and the like) is done here; arithmetic is left to constant folding.
// Values bear the names of the file's tensors, nodes the file's names or, where it has none, the operator's name and
// its output's.
//
// Integers are requantised with one rounding, as whoever computes the file's reals does, unless the file's metadata say
// that it was written for two (exporter/onnx/to_onnx.hpp).
//
// `folder` is where the model lies: external data are read from files below it and nowhere else. Empty: no file is
// read.
//
// Half precision is widened: what the file computes in float16 or bfloat16 is computed in float32, and its inputs and
// outputs are float32; weights stay float16 as long as kernels take them so.
//
// Element types that are narrower than ours are held in wider ones: floating-point numbers of 8 and 4 bits in float32,
// integers of 4 and 2 bits in int8 or uint8; what gives such elements rounds or wraps to them (narrow_type.hpp).
//
// Shapes are fixed. Operands that say a shape, axes or sizes and are computed at run time are taken to be what gives
// the shape that the file declares, with a warning (declared.hpp). Inputs without elements are left out, with a
// warning.
//
// The file is untrusted. Errors: kMalformed for what is no valid file, and all that the file asks for in vain at once:
// kUnsupportedOp, kUnsupportedType and kUnsupportedShape with node or tensor; the caller adds the file's name. A graph
// that comes back passes ir::verify. The bytes are copied: the file may go afterwards.

#include <cstddef>
#include <filesystem>
#include <span>

#include "tmc/base/host/refusals.hpp"
#include "tmc/frontend/common/import_options.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend {

Result<ir::Graph> import_onnx(std::span<const std::byte> file, const std::filesystem::path& folder,
                              const ImportOptions& options = {});
// The same, but what is refused goes to `refusals`. The graph then is what is left of the file, for whoever looks for
// more to refuse: what refused nodes were to give are graph inputs where the file says their types, and what reads the
// others is not there. It need not pass ir::verify.
Result<ir::Graph> import_onnx(std::span<const std::byte> file, const std::filesystem::path& folder,
                              const ImportOptions& options, Refusals& refusals);

// The ports of a decoder that takes and gives its caches, whose lengths are open; none for every other file
// (past_ports.hpp). Such a decoder is imported for lengths that `ImportOptions::past` says.
Result<std::optional<PastPorts>> find_onnx_past(std::span<const std::byte> file, const ImportOptions& options);

}  // namespace tmc::frontend
