// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/json_reader.hpp"
#include "tmc/frontend/huggingface/architecture.hpp"

namespace tmc::frontend::huggingface {
namespace {

using Weight = DecoderWeight;

// Of `rope_scaling`, and `rope_parameters` of newer files.
void check_rope(Settings& config, const std::string& name) {
  const json::Value& rope = config[name];
  for (const char* member : {"rope_type", "type"}) {
    const json::Value& type = rope[member];
    const auto* text = type.as<std::string>();
    if (type.is_null() || (text != nullptr && *text == "default")) continue;
    return config.refuse(fmt::format("'{}' of the type {} is not supported, default is", name, type.dump()));
  }
  const json::Value& share = rope["partial_rotary_factor"];
  double value = 1;
  if (!share.is_null() && (!json::read(share, value) || value != 1)) {
    config.refuse(fmt::format("'{}' with 'partial_rotary_factor' {} is not supported", name, share.dump()));
  }
}

double theta_of(Settings& config) {
  config.want_real("partial_rotary_factor", 1);
  for (const char* name : {"rope_scaling", "rope_parameters"}) check_rope(config, name);
  const json::Value& inner = config["rope_parameters"]["rope_theta"];
  double theta = config.real("rope_theta", 10000);
  if (!inner.is_null() && !json::read(inner, theta)) config.refuse("'rope_theta' is no number");
  return theta;
}

DecoderShape shape_of_llama(Settings& config) {
  DecoderShape shape;
  shape.width = config.integer("hidden_size");
  shape.hidden = config.integer("intermediate_size");
  shape.layers = config.integer("num_hidden_layers");
  shape.heads = config.integer("num_attention_heads");
  shape.kv_heads = config.integer("num_key_value_heads", shape.heads);
  shape.head_size = config.integer("head_dim", 0);
  shape.vocabulary = config.integer("vocab_size");
  shape.positions = config.integer("max_position_embeddings", 2048);
  shape.theta = theta_of(config);
  shape.epsilon = config.real("rms_norm_eps", 1e-6);
  shape.interleaved = false;
  shape.has_own_classifier = !config.truth("tie_word_embeddings", false);
  if (config.truth("attention_bias", false)) {
    shape.biased.insert({Weight::kQuery, Weight::kKey, Weight::kValue, Weight::kProjection});
  }
  if (config.truth("mlp_bias", false)) shape.biased.insert({Weight::kGate, Weight::kUp, Weight::kDown});
  const std::string activation = config.text("hidden_act", "silu");
  if (activation != "silu" && activation != "swish") {
    config.refuse(fmt::format("'hidden_act' {} is not supported, silu is", activation));
  }
  for (const char* name : {"sliding_window", "quantization_config", "attention_multiplier", "embedding_multiplier",
                           "residual_multiplier", "logits_scaling"}) {
    config.want_null(name);
  }
  return shape;
}

std::string inner_name(Weight weight) {
  switch (weight) {
    case Weight::kAttentionNorm:
      return "input_layernorm";
    case Weight::kQuery:
      return "self_attn.q_proj";
    case Weight::kKey:
      return "self_attn.k_proj";
    case Weight::kValue:
      return "self_attn.v_proj";
    case Weight::kProjection:
      return "self_attn.o_proj";
    case Weight::kFeedNorm:
      return "post_attention_layernorm";
    case Weight::kGate:
      return "mlp.gate_proj";
    case Weight::kUp:
      return "mlp.up_proj";
    case Weight::kDown:
      return "mlp.down_proj";
    case Weight::kFinalNorm:
      return "norm";
    case Weight::kClassifier:
      return "lm_head";
    case Weight::kEmbedding:
    case Weight::kPositions:
      break;
  }
  return "embed_tokens";
}

TensorPlace place_in_llama(const DecoderTensor& tensor) {
  const std::string layer = is_of_each_layer(tensor.weight) ? fmt::format("layers.{}.", tensor.layer) : "";
  return {layer + inner_name(tensor.weight) + (tensor.is_bias ? ".bias" : ".weight")};
}

// Frequencies that follow from the configuration, and a classifier that is the embedding again.
bool may_be_left(std::string_view name) {
  return name.ends_with(".rotary_emb.inv_freq") || name == "lm_head.weight";
}

}  // namespace

Architecture llama_architecture() {
  return {.class_name = "LlamaForCausalLM",
          .model_type = "llama",
          .prefix = "model.",
          .shape_of = shape_of_llama,
          .place_of = place_in_llama,
          .may_be_left = may_be_left};
}

}  // namespace tmc::frontend::huggingface
