// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The text form of a graph, for people and for golden tests. It reads back to the same graph (ids aside: compare with
// `first_difference`, ir/compare.hpp). One line a value or node:
//
//   graph "name" requantization=one_rounding {
//     input x: i8[1,49,10,1] scale=0.5 zero_point=3
//     const w: i8[2,1,1,1] axis=0 scale=[0.5,0.25] = [1,-2]
//     y: i8[1,49,10,2] scale=1 zero_point=-128 = conv2d(x, w, _) pad_top=1 activation=relu @conv_node
//     output y
//     state s = s_initial, 1
//     texts x
//   }
//
// Inputs, then constants, then nodes in execution order, then outputs, then states: the input, its initial value and
// the number of the output; then inputs and outputs that are texts. Left out is what has its default: the graph's
// requantisation, quantisation, zero points that are all 0, attributes, and the node's name (after @) where it is that
// of the first output. `_` is an absent input. Constants of up to 16 elements are lists, larger ones hexadecimal bytes,
// `...` where data was left out. Names are quoted where they are not plain words. Reals are the shortest decimal that
// reads back exactly.

#include <limits>
#include <string>
#include <string_view>

#include "tmc/ir/graph.hpp"

namespace tmc::ir {

struct TextOptions {
  // Data of constants larger than this are written as `...`; such a text does not read back.
  int64_t largest_constant_bytes = std::numeric_limits<int64_t>::max();
};

std::string to_text(const Graph& graph, const TextOptions& options = {});

// The graph is verified. Error: kMalformed with the line, or what `verify` finds.
Result<Graph> from_text(std::string_view text);

// An operator alone: "conv2d pad_top=1 activation=relu".
std::string to_text(const AnyOp& op);
Result<AnyOp> op_from_text(std::string_view text);

}  // namespace tmc::ir
