// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A decoder of Llama's shape (Touvron et al. 2023) as a Graph of one step: rotary positions, root mean square norms,
// grouped heads, a feed-forward layer gated by SiLU. Whatever file its weights are from, the graph is this:
//
//   tokens i32 [block], cache i32 [3] -> logits f32 [block, vocabulary]
//
// with the keys and values of each layer as states [window, kv_heads * size]. `cache` is what attention to a cache has
// (ops/op/cached_attention.hpp): whoever runs the steps counts positions and slots.

#include <functional>

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
};

struct DecoderShape {
  int64_t width = 0;   // of a token's vector
  int64_t hidden = 0;  // units of the feed-forward layer
  int64_t layers = 0;
  int64_t heads = 0;
  int64_t kv_heads = 0;
  int64_t vocabulary = 0;
  int64_t positions = 0;  // that it was trained with
  double theta = 10000;
  double epsilon = 1e-5;
  bool interleaved = true;          // pairs of rotary positions are 2i and 2i + 1 of a head
  bool has_own_classifier = false;  // else the embedding serves as one

  int64_t size() const { return width / heads; }
  int64_t kv_width() const { return kv_heads * size(); }
};

enum class DecoderWeight : uint8_t {
  kEmbedding,      // [vocabulary, width]
  kAttentionNorm,  // [width], of each layer
  kQuery,          // [width, width], of each layer; weights have outputs first
  kKey,            // [kv_width, width], of each layer
  kValue,          // [kv_width, width], of each layer
  kProjection,     // [width, width], of each layer, of what attention gives
  kFeedNorm,       // [width], of each layer
  kGate,           // [hidden, width], of each layer
  kUp,             // [hidden, width], of each layer
  kDown,           // [width, hidden], of each layer
  kFinalNorm,      // [width]
  kClassifier      // [vocabulary, width]
};

Shape shape_of(DecoderWeight weight, const DecoderShape& shape);
bool is_of_each_layer(DecoderWeight weight);

// kMalformed where the numbers are not those of a decoder, kUnsupportedShape where they are larger than any that is
// for a microcontroller. Afterwards no product of two of them overflows.
Status check_decoder(const DecoderShape& shape);

// The elements of a weight, those of that layer.
using DecoderWeights = std::function<Result<std::vector<float>>(DecoderWeight weight, int64_t layer)>;

// The shape was checked. kBadUsage where the window does not go with the sinks or the block.
Result<ir::Graph> decoder_graph(const DecoderShape& shape, const DecoderWeights& weights, const StreamOptions& stream);

}  // namespace tmc::frontend
