// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a decoder is made of, in numbers, and the tensors that it then has. Llama's (Touvron et al. 2023): rotary
// positions, root mean square norms, grouped heads, a feed-forward layer gated by SiLU. GPT-2's (Radford et al. 2019):
// a table of positions, layer norms, biases, GELU.

#include <set>
#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/base/shape.hpp"

namespace tmc::frontend {

enum class DecoderWeight : uint8_t {
  kEmbedding,      // [vocabulary, width]
  kPositions,      // [positions, width], where they are learned
  kAttentionNorm,  // [width], of each layer
  kQuery,          // [query_width, width], of each layer; weights have outputs first
  kKey,            // [kv_width, width], of each layer
  kValue,          // [kv_width, width], of each layer
  kProjection,     // [width, query_width], of each layer, of what attention gives
  kFeedNorm,       // [width], of each layer
  kGate,           // [hidden, width], of each layer, where there is one
  kUp,             // [hidden, width], of each layer
  kDown,           // [width, hidden], of each layer
  kFinalNorm,      // [width]
  kClassifier      // [vocabulary, width], where it is not the embedding
};

// What is between the two products of a feed-forward layer.
enum class DecoderFeed : uint8_t { kGatedSilu, kGelu, kGeluByTanh };

struct DecoderShape {
  int64_t width = 0;   // of a token's vector
  int64_t hidden = 0;  // units of the feed-forward layer
  int64_t layers = 0;
  int64_t heads = 0;
  int64_t kv_heads = 0;
  int64_t head_size = 0;  // 0: the width over the heads
  int64_t vocabulary = 0;
  int64_t positions = 0;  // that it was trained with
  double theta = 10000;   // of rotary positions
  double epsilon = 1e-5;
  bool interleaved = true;          // pairs of rotary positions are 2i and 2i + 1 of a head, else i and i + size / 2
  bool has_own_classifier = false;  // else the embedding serves as one
  bool learned_positions = false;   // a table of them is added to the embedding, else they are rotary
  bool layer_norms = false;         // else root mean square norms
  DecoderFeed feed = DecoderFeed::kGatedSilu;
  std::set<DecoderWeight> biased = {};  // weights that a bias goes with, which has their first extent

  int64_t size() const { return head_size > 0 ? head_size : width / heads; }
  int64_t query_width() const { return heads * size(); }
  int64_t kv_width() const { return kv_heads * size(); }
};

// One of a decoder's tensors: a weight, or its bias.
struct DecoderTensor {
  DecoderWeight weight = DecoderWeight::kEmbedding;
  int64_t layer = 0;  // of weights of each layer
  bool is_bias = false;
};

// "layer3.query.weight", as the graph calls it.
std::string name_of(DecoderWeight weight);
std::string name_of(const DecoderTensor& tensor);
Shape shape_of(DecoderWeight weight, const DecoderShape& shape);
Shape shape_of(const DecoderTensor& tensor, const DecoderShape& shape);
bool is_of_each_layer(DecoderWeight weight);
// All that a decoder of a checked shape has.
std::vector<DecoderTensor> tensors_of(const DecoderShape& shape);

// kMalformed where the numbers are not those of a decoder, kUnsupportedShape where they are larger than any that is
// for a microcontroller. Afterwards no product of two of them overflows.
Status check_decoder(const DecoderShape& shape);

}  // namespace tmc::frontend
