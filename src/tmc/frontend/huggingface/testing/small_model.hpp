// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests and fuzzers: small models of Hugging Face's transformers, as their two files. Weights count up in eighths.

#include <algorithm>
#include <cstring>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "tmc/frontend/common/read_model_file.hpp"

namespace tmc::frontend::huggingface {

struct SmallTensor {
  std::string name;
  std::vector<int64_t> extents;
  std::string type = "F32";
};

inline std::string safetensors_file(const std::string& header, const std::string& data) {
  const uint64_t bytes = header.size();
  std::string file(reinterpret_cast<const char*>(&bytes), sizeof bytes);
  return file + header + data;
}

inline std::string safetensors_of(const std::vector<SmallTensor>& tensors) {
  std::string header = "{\"__metadata__\":{\"format\":\"pt\"}", data;
  int next = 0;
  for (const auto& [name, extents, type] : tensors) {
    int64_t elements = 1;
    std::string shape;
    for (const int64_t extent : extents) {
      elements *= extent;
      shape += (shape.empty() ? "" : ",") + std::to_string(extent);
    }
    const size_t begin = data.size();
    for (int64_t i = 0; i < elements; ++i) {
      const float value = static_cast<float>(next++ % 16) / 8 - 1;
      uint32_t bits = 0;
      std::memcpy(&bits, &value, sizeof bits);
      if (type == "BF16") bits >>= 16;
      data.append(reinterpret_cast<const char*>(&bits), type == "F32" ? 4 : 2);
    }
    header += ",\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":[" + shape + "],\"data_offsets\":[" +
              std::to_string(begin) + "," + std::to_string(data.size()) + "]}";
  }
  return safetensors_file(header + "}", data);
}

// 2 layers of 8 elements and 12 hidden ones, 4 heads that share 2 of keys, 5 tokens and 6 positions.
inline constexpr const char* kLlamaConfig = R"({"architectures": ["LlamaForCausalLM"], "hidden_size": 8,
"intermediate_size": 12, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "vocab_size": 5,
"max_position_embeddings": 6, "rms_norm_eps": 1e-5, "tie_word_embeddings": true, "rope_scaling": null})";
inline constexpr const char* kGpt2Config = R"({"model_type": "gpt2", "n_embd": 8, "n_layer": 2, "n_head": 2,
"vocab_size": 5, "n_positions": 6, "n_inner": null, "activation_function": "gelu_new"})";

inline std::vector<SmallTensor> llama_tensors(const std::string& type = "F32") {
  std::vector<SmallTensor> tensors = {{"model.embed_tokens.weight", {5, 8}, type}, {"model.norm.weight", {8}, type}};
  for (const char* layer : {"model.layers.0.", "model.layers.1."}) {
    for (const auto& [name, extents] :
         std::vector<std::pair<std::string, std::vector<int64_t>>>{{"input_layernorm", {8}},
                                                                   {"self_attn.q_proj", {8, 8}},
                                                                   {"self_attn.k_proj", {4, 8}},
                                                                   {"self_attn.v_proj", {4, 8}},
                                                                   {"self_attn.o_proj", {8, 8}},
                                                                   {"post_attention_layernorm", {8}},
                                                                   {"mlp.gate_proj", {12, 8}},
                                                                   {"mlp.up_proj", {12, 8}},
                                                                   {"mlp.down_proj", {8, 12}}}) {
      tensors.push_back({layer + name + ".weight", extents, type});
    }
  }
  return tensors;
}

inline std::vector<SmallTensor> gpt2_tensors() {
  std::vector<SmallTensor> tensors = {{"wte.weight", {5, 8}}, {"wpe.weight", {6, 8}}};
  const auto both = [&](const std::string& name, const std::vector<int64_t>& extents) {
    tensors.push_back({name + ".weight", extents});
    tensors.push_back({name + ".bias", {extents.back()}});
  };
  for (const std::string layer : {"h.0.", "h.1."}) {
    tensors.push_back({layer + "attn.bias", {1, 1, 6, 6}});
    both(layer + "ln_1", {8});
    both(layer + "attn.c_attn", {8, 24});
    both(layer + "attn.c_proj", {8, 8});
    both(layer + "ln_2", {8});
    both(layer + "mlp.c_fc", {8, 32});
    both(layer + "mlp.c_proj", {32, 8});
  }
  both("ln_f", {8});
  return tensors;
}

// Both files of a model in one, as fuzzers have them: the bytes of config.json counted in 16 bits, and these, before
// the weights.
inline std::string packed(const std::string& config, const std::string& weights) {
  const auto bytes = static_cast<uint16_t>(config.size());
  return std::string(reinterpret_cast<const char*>(&bytes), sizeof bytes) + config + weights;
}
inline std::pair<std::string, std::string> unpacked(const std::string& bytes) {
  uint16_t config = 0;
  if (bytes.size() < sizeof config) return {"", bytes};
  std::memcpy(&config, bytes.data(), sizeof config);
  const size_t end = std::min(bytes.size(), sizeof config + config);
  return {bytes.substr(sizeof config, end - sizeof config), bytes.substr(end)};
}

using ModelFiles = std::map<std::string, std::string>;
inline ReadModelFile reader_of(ModelFiles files) {
  return [files = std::move(files)](const std::string& name) -> Result<std::string> {
    const auto found = files.find(name);
    if (found == files.end()) return error(Error::kNotFound, "there is no file {}", name);
    return found->second;
  };
}

}  // namespace tmc::frontend::huggingface
