// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/huggingface/architecture.hpp"

namespace tmc::frontend::huggingface {
namespace {

using Weight = DecoderWeight;

constexpr int64_t kFused = 3;  // queries, keys and values are one layer

DecoderFeed feed_of(Settings& config) {
  const std::string activation = config.text("activation_function", "gelu_new");
  if (activation == "gelu") return DecoderFeed::kGelu;
  if (activation != "gelu_new" && activation != "gelu_pytorch_tanh") {
    config.refuse(fmt::format("'activation_function' {} is not supported, gelu and gelu_new are", activation));
  }
  return DecoderFeed::kGeluByTanh;
}

DecoderShape shape_of_gpt2(Settings& config) {
  DecoderShape shape;
  shape.width = config.integer("n_embd");
  shape.layers = config.integer("n_layer");
  shape.heads = config.integer("n_head");
  shape.kv_heads = shape.heads;
  shape.vocabulary = config.integer("vocab_size");
  shape.positions = config.integer(config.has("n_positions") ? "n_positions" : "n_ctx");
  constexpr int64_t kMost = int64_t{1} << 32;  // of what is looked at before it is multiplied
  shape.hidden = config.integer("n_inner", shape.width < kMost ? 4 * shape.width : shape.width);
  shape.epsilon = config.real("layer_norm_epsilon", 1e-5);
  shape.has_own_classifier = !config.truth("tie_word_embeddings", true);
  shape.learned_positions = shape.layer_norms = true;
  shape.feed = feed_of(config);
  shape.biased = {Weight::kAttentionNorm, Weight::kQuery, Weight::kKey,  Weight::kValue,    Weight::kProjection,
                  Weight::kFeedNorm,      Weight::kUp,    Weight::kDown, Weight::kFinalNorm};
  config.want_truth("scale_attn_weights", true);
  config.want_truth("scale_attn_by_inverse_layer_idx", false);
  config.want_truth("add_cross_attention", false);
  config.want_null("quantization_config");
  return shape;
}

std::string inner_name(Weight weight) {
  switch (weight) {
    case Weight::kEmbedding:
      return "wte";
    case Weight::kPositions:
      return "wpe";
    case Weight::kAttentionNorm:
      return "ln_1";
    case Weight::kQuery:
    case Weight::kKey:
    case Weight::kValue:
      return "attn.c_attn";
    case Weight::kProjection:
      return "attn.c_proj";
    case Weight::kFeedNorm:
      return "ln_2";
    case Weight::kUp:
      return "mlp.c_fc";
    case Weight::kDown:
      return "mlp.c_proj";
    case Weight::kFinalNorm:
      return "ln_f";
    case Weight::kGate:
    case Weight::kClassifier:
      break;
  }
  return "lm_head";
}

// Its layers are one-dimensional convolutions, whose weights have inputs first.
TensorPlace place_in_gpt2(const DecoderTensor& tensor) {
  const Weight weight = tensor.weight;
  const std::string layer = is_of_each_layer(weight) ? fmt::format("h.{}.", tensor.layer) : "";
  const bool is_fused = weight == Weight::kQuery || weight == Weight::kKey || weight == Weight::kValue;
  return {.name = layer + inner_name(weight) + (tensor.is_bias ? ".bias" : ".weight"),
          .inputs_first = is_of_each_layer(weight),
          .part = is_fused ? static_cast<int64_t>(weight) - static_cast<int64_t>(Weight::kQuery) : 0,
          .parts = is_fused ? kFused : 1};
}

// Masks that older files hold, and a classifier that is the embedding again.
bool may_be_left(std::string_view name) {
  return name.ends_with(".attn.bias") || name.ends_with(".attn.masked_bias") || name == "lm_head.weight";
}

}  // namespace

Architecture gpt2_architecture() {
  return {.class_name = "GPT2LMHeadModel",
          .model_type = "gpt2",
          .prefix = "transformer.",
          .shape_of = shape_of_gpt2,
          .place_of = place_in_gpt2,
          .may_be_left = may_be_left};
}

}  // namespace tmc::frontend::huggingface
