// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/gguf/architecture.hpp"

namespace tmc::frontend::gguf {
namespace {

using Weight = DecoderWeight;

constexpr int64_t kFused = 3;  // queries, keys and values are one layer

std::string_view inner_name(Weight weight) {
  switch (weight) {
    case Weight::kPositions:
      return "position_embd";
    case Weight::kAttentionNorm:
      return "attn_norm";
    case Weight::kQuery:
    case Weight::kKey:
    case Weight::kValue:
      return "attn_qkv";
    case Weight::kProjection:
      return "attn_output";
    case Weight::kFeedNorm:
      return "ffn_norm";
    case Weight::kUp:
      return "ffn_up";
    case Weight::kDown:
      return "ffn_down";
    case Weight::kFinalNorm:
      return "output_norm";
    case Weight::kClassifier:
      return "output";
    case Weight::kEmbedding:
    case Weight::kGate:
      break;
  }
  return "token_embd";
}

TensorPlace place_in_gpt2(const DecoderTensor& tensor) {
  const Weight weight = tensor.weight;
  const bool is_fused = weight == Weight::kQuery || weight == Weight::kKey || weight == Weight::kValue;
  return {.name = common_name(tensor, inner_name(weight)),
          .part = is_fused ? static_cast<int64_t>(weight) - static_cast<int64_t>(Weight::kQuery) : 0,
          .parts = is_fused ? kFused : 1};
}

DecoderShape shape_of_gpt2(Settings& metadata, const NamedTensors& tensors) {
  DecoderShape shape = common_shape("gpt2", metadata, tensors);
  shape.epsilon = metadata.real("gpt2.attention.layer_norm_epsilon", 1e-5);
  shape.learned_positions = shape.layer_norms = true;
  shape.feed = DecoderFeed::kGeluByTanh;
  shape.biased = {Weight::kAttentionNorm, Weight::kQuery, Weight::kKey,  Weight::kValue,    Weight::kProjection,
                  Weight::kFeedNorm,      Weight::kUp,    Weight::kDown, Weight::kFinalNorm};
  return shape;
}

}  // namespace

Architecture gpt2_architecture() {
  return {.name = "gpt2", .shape_of = shape_of_gpt2, .place_of = place_in_gpt2};
}

}  // namespace tmc::frontend::gguf
