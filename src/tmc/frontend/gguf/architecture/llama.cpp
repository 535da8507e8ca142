// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/gguf/architecture.hpp"

namespace tmc::frontend::gguf {
namespace {

using Weight = DecoderWeight;

std::string_view inner_name(Weight weight) {
  switch (weight) {
    case Weight::kAttentionNorm:
      return "attn_norm";
    case Weight::kQuery:
      return "attn_q";
    case Weight::kKey:
      return "attn_k";
    case Weight::kValue:
      return "attn_v";
    case Weight::kProjection:
      return "attn_output";
    case Weight::kFeedNorm:
      return "ffn_norm";
    case Weight::kGate:
      return "ffn_gate";
    case Weight::kUp:
      return "ffn_up";
    case Weight::kDown:
      return "ffn_down";
    case Weight::kFinalNorm:
      return "output_norm";
    case Weight::kClassifier:
      return "output";
    case Weight::kEmbedding:
    case Weight::kPositions:
      break;
  }
  return "token_embd";
}

TensorPlace place_in_llama(const DecoderTensor& tensor) {
  return {common_name(tensor, inner_name(tensor.weight))};
}

// Converters have turned rows of queries and keys so that pairs of rotary positions are neighbours.
DecoderShape shape_of_llama(Settings& metadata, const NamedTensors& tensors) {
  DecoderShape shape = common_shape("llama", metadata, tensors);
  shape.theta = metadata.real("llama.rope.freq_base", 10000);
  shape.epsilon = metadata.real("llama.attention.layer_norm_rms_epsilon", 1e-5);
  metadata.want_real("llama.rope.scaling.factor", 1);
  for (const Weight weight :
       {Weight::kQuery, Weight::kKey, Weight::kValue, Weight::kProjection, Weight::kGate, Weight::kUp, Weight::kDown}) {
    if (tensors.contains(place_in_llama({weight, 0, true}).name)) shape.biased.insert(weight);
  }
  const int64_t turned = metadata.integer("llama.rope.dimension_count", 0);
  const int64_t size = shape.head_size > 0 || shape.heads < 1 ? shape.head_size : shape.width / shape.heads;
  if (turned != 0 && turned != size) {
    metadata.refuse(fmt::format("'llama.rope.dimension_count' {} of {} is not supported", turned, size));
  }
  return shape;
}

}  // namespace

Architecture llama_architecture() {
  return {.name = "llama", .shape_of = shape_of_llama, .place_of = place_in_llama};
}

}  // namespace tmc::frontend::gguf
