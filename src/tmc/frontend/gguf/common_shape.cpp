// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/gguf/architecture.hpp"

namespace tmc::frontend::gguf {

DecoderShape common_shape(const std::string& architecture, Settings& metadata, const NamedTensors& tensors) {
  const std::string at = architecture + ".";
  DecoderShape shape;
  shape.width = metadata.integer(at + "embedding_length");
  shape.hidden = metadata.integer(at + "feed_forward_length");
  shape.layers = metadata.integer(at + "block_count");
  shape.heads = metadata.integer(at + "attention.head_count");
  shape.kv_heads = metadata.integer(at + "attention.head_count_kv", shape.heads);
  shape.head_size = metadata.integer(at + "attention.key_length", 0);
  shape.positions = metadata.integer(at + "context_length");
  shape.has_own_classifier = tensors.contains("output.weight");
  const auto embedding = tensors.find("token_embd.weight");
  if (embedding != tensors.end() && embedding->second.shape.rank() == 2) {
    shape.vocabulary = embedding->second.shape[0];
  } else {
    shape.vocabulary = metadata.integer(at + "vocab_size");
  }
  if (shape.head_size != metadata.integer(at + "attention.value_length", shape.head_size)) {
    metadata.refuse(fmt::format("'{}attention.value_length' is another than that of keys", at));
  }
  const std::string scaling = metadata.text(at + "rope.scaling.type", "none");
  if (scaling != "none") metadata.refuse(fmt::format("'{}rope.scaling.type' {} is not supported", at, scaling));
  for (const char* name : {"attention.sliding_window", "expert_count"}) {
    if (metadata.integer(at + name, 0) != 0) metadata.refuse(fmt::format("'{}{}' is not supported", at, name));
  }
  return shape;
}

std::string common_name(const DecoderTensor& tensor, std::string_view inner) {
  const std::string layer = is_of_each_layer(tensor.weight) ? fmt::format("blk.{}.", tensor.layer) : "";
  return layer + std::string(inner) + (tensor.is_bias ? ".bias" : ".weight");
}

}  // namespace tmc::frontend::gguf
