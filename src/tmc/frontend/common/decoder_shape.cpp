// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/decoder_shape.hpp"

#include <cmath>

namespace tmc::frontend {
namespace {

using Weight = DecoderWeight;

constexpr int64_t kMostWidth = 1 << 16, kMostLayers = 1 << 10, kMostTokens = 1 << 20;

bool has(Weight weight, const DecoderShape& shape) {
  if (weight == Weight::kPositions) return shape.learned_positions;
  if (weight == Weight::kGate) return shape.feed == DecoderFeed::kGatedSilu;
  return weight != Weight::kClassifier || shape.has_own_classifier;
}

}  // namespace

std::string name_of(Weight weight) {
  constexpr const char* kNames[] = {"embedding", "positions",  "attention_norm", "query", "key",
                                    "value",     "projection", "feed_norm",      "gate",  "up",
                                    "down",      "final_norm", "classifier"};
  return kNames[static_cast<size_t>(weight)];
}

std::string name_of(const DecoderTensor& tensor) {
  const std::string layer = is_of_each_layer(tensor.weight) ? fmt::format("layer{}.", tensor.layer) : "";
  return layer + name_of(tensor.weight) + (tensor.is_bias ? ".bias" : ".weight");
}

bool is_of_each_layer(Weight weight) {
  return weight != Weight::kEmbedding && weight != Weight::kPositions && weight != Weight::kFinalNorm &&
         weight != Weight::kClassifier;
}

Shape shape_of(Weight weight, const DecoderShape& shape) {
  switch (weight) {
    case Weight::kEmbedding:
    case Weight::kClassifier:
      return Shape::of(shape.vocabulary, shape.width);
    case Weight::kPositions:
      return Shape::of(shape.positions, shape.width);
    case Weight::kAttentionNorm:
    case Weight::kFeedNorm:
    case Weight::kFinalNorm:
      return Shape::of(shape.width);
    case Weight::kQuery:
      return Shape::of(shape.query_width(), shape.width);
    case Weight::kProjection:
      return Shape::of(shape.width, shape.query_width());
    case Weight::kKey:
    case Weight::kValue:
      return Shape::of(shape.kv_width(), shape.width);
    case Weight::kGate:
    case Weight::kUp:
      return Shape::of(shape.hidden, shape.width);
    case Weight::kDown:
      return Shape::of(shape.width, shape.hidden);
  }
  return {};
}

Shape shape_of(const DecoderTensor& tensor, const DecoderShape& shape) {
  const Shape of_weight = shape_of(tensor.weight, shape);
  return tensor.is_bias ? Shape::of(of_weight[0]) : of_weight;
}

std::vector<DecoderTensor> tensors_of(const DecoderShape& shape) {
  std::vector<DecoderTensor> tensors;
  for (auto number = Weight::kEmbedding; number <= Weight::kClassifier;
       number = static_cast<Weight>(static_cast<int>(number) + 1)) {
    if (!has(number, shape)) continue;
    for (int64_t layer = 0; layer < (is_of_each_layer(number) ? shape.layers : 1); ++layer) {
      tensors.push_back({number, layer});
      if (shape.biased.contains(number)) tensors.push_back({number, layer, true});
    }
  }
  return tensors;
}

Status check_decoder(const DecoderShape& shape) {
  for (const int64_t number :
       {shape.width, shape.hidden, shape.layers, shape.heads, shape.kv_heads, shape.vocabulary, shape.positions}) {
    if (number < 1) return error(Error::kMalformed, "it says {} of what a decoder has at least one", number);
  }
  if (shape.width > kMostWidth || shape.hidden > kMostWidth || shape.layers > kMostLayers || shape.heads > kMostWidth ||
      shape.head_size > kMostWidth || shape.vocabulary > kMostTokens || shape.positions > kMostTokens) {
    return error(Error::kUnsupportedShape,
                 "{} layers of {} and {} units, {} heads, {} tokens, {} positions are no model for here", shape.layers,
                 shape.width, shape.hidden, shape.heads, shape.vocabulary, shape.positions);
  }
  if (!std::isfinite(shape.epsilon) || shape.epsilon < 0 || !std::isfinite(shape.theta) || shape.theta < 1) {
    return error(Error::kMalformed, "its epsilon is {}, the base of its rotary positions {}", shape.epsilon,
                 shape.theta);
  }
  const bool splits = shape.head_size > 0 || (shape.head_size == 0 && shape.width % shape.heads == 0);
  const bool has_pairs = shape.learned_positions || (splits && shape.size() % 2 == 0);
  if (!splits || !has_pairs || shape.heads % shape.kv_heads != 0) {
    return error(Error::kMalformed, "{} elements do not split into {} heads{}, which share {} heads of keys",
                 shape.width, shape.heads, shape.learned_positions ? "" : " of pairs", shape.kv_heads);
  }
  if (shape.query_width() > kMostWidth) {
    return error(Error::kUnsupportedShape, "{} heads of {} elements are no model for here", shape.heads, shape.size());
  }
  return {};
}

}  // namespace tmc::frontend
