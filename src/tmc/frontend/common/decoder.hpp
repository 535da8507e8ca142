// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A decoder (decoder_shape.hpp) as a Graph of one step. Whatever file its weights are from, the graph is this:
//
//   tokens i32 [block], cache i32 [3] -> logits f32 [block, vocabulary]
//
// with the keys and values of each layer as states [window, kv_heads * size]. `cache` is what attention to a cache has
// (ops/op/cached_attention.hpp): whoever runs the steps counts positions and slots. Where positions are learned, the
// table of the graph has a row for each slot, since text cannot be longer than it.

#include <functional>

#include "tmc/frontend/common/decoder_shape.hpp"
#include "tmc/frontend/common/import_options.hpp"
#include "tmc/ir/graph.hpp"

namespace tmc::frontend {

// What a decoder keeps of the tokens before, and how many it takes at once. It is told by `--bound`, whose names these
// are: all three are bounds of what only a run knows.
struct StreamOptions {
  int64_t window = 0;  // slots of its caches; 0: as many as the file says positions
  int64_t sinks = 0;   // of these, which are kept for ever
  int64_t block = 1;   // tokens

  static StreamOptions of(const ImportOptions& options);
  // Of a window that is settled: kBadUsage where it does not go with the sinks or the block.
  Status check() const;
  // Of a model with a table of that many positions, behind which there is none: kBadUsage where the stream passes it.
  Status check_learned(int64_t positions) const;
};

// The elements of a tensor.
using DecoderWeights = std::function<Result<std::vector<float>>(const DecoderTensor& tensor)>;

// The shape was checked. kBadUsage where the window does not go with the sinks or the block, or learned positions do
// not reach.
Result<ir::Graph> decoder_graph(const DecoderShape& shape, const DecoderWeights& weights, const StreamOptions& stream);

}  // namespace tmc::frontend
