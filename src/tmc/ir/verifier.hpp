// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What holds in every graph that a frontend hands over and every pass leaves behind. Passes and backends rely on it and
// check none of it again.
//
//  - ids are in range and name nothing erased; only an input of a node may be absent (kNone)
//  - a value has exactly one origin: a node, the graph's inputs (listed once) or constant data
//  - every node comes after its producers
//  - living values have different, non-empty names; there is at least one output
//  - extents are positive, a tensor has at most kMaxTensorBytes, a constant exactly the bytes of its type
//  - recorded types are the ones the operators' shape rules give
//  - quantisation: integer dtype, as many scales and zero points as the axis has indices (one per tensor), scales
//    finite and positive, zero points within the dtype
//
// Errors: kMalformed, kUnsupportedShape for extents, or what a shape rule says; each names the node or tensor.

#include "tmc/ir/graph.hpp"

namespace tmc::ir {

inline constexpr int64_t kMaxTensorBytes = INT32_MAX;

Status verify(const Graph& graph);

// The parts that concern one tensor alone, for frontends that refuse it before they make data of its size.
Status verify_type(const TensorType& type);
Status verify_quantization(const TensorType& type, const Quantization& quantization);

}  // namespace tmc::ir
