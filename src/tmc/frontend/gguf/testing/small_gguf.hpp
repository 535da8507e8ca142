// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests and fuzzers: files in GGUF, and small decoders in it, with a tokenizer of bytes. Weights count up in
// eighths, or in blocks are bytes that count up with a scale of a half.

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace tmc::frontend::gguf {

class GgufBytes {
 public:
  template <typename T>
  static std::string raw(T value) {
    std::string bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
  }
  static std::string text(const std::string& value) { return raw(uint64_t{value.size()}) + value; }

  void integer(const std::string& name, uint32_t value) { member(name, 4, raw(value)); }
  void real(const std::string& name, float value) { member(name, 6, raw(value)); }
  void truth(const std::string& name, bool value) { member(name, 7, raw(uint8_t{value})); }
  void words(const std::string& name, const std::string& value) { member(name, 8, text(value)); }
  void texts(const std::string& name, const std::vector<std::string>& values) {
    std::string bytes = raw(uint32_t{8}) + raw(uint64_t{values.size()});
    for (const std::string& value : values) bytes += text(value);
    member(name, 9, bytes);
  }
  template <typename T>
  void list(const std::string& name, uint32_t type, const std::vector<T>& values) {
    std::string bytes = raw(type) + raw(uint64_t{values.size()});
    for (const T value : values) bytes += raw(value);
    member(name, 9, bytes);
  }

  // The innermost extent first, as the file has them. `type` is 0 (F32) or 8 (Q8_0).
  void tensor(const std::string& name, const std::vector<uint64_t>& extents, uint32_t type = 0) {
    size_t elements = 1;
    std::string shape;
    for (const uint64_t extent : extents) {
      elements *= extent;
      shape += raw(extent);
    }
    infos_ += text(name) + raw(static_cast<uint32_t>(extents.size())) + shape + raw(type) + raw(uint64_t{data_.size()});
    for (size_t i = 0; i < elements; ++i) {
      constexpr uint16_t kHalf = 0x3800;  // in half precision
      if (type == 8 && i % 32 == 0) data_ += raw(kHalf);
      data_ += type == 8 ? raw(static_cast<int8_t>(next_++ % 16 - 8)) : raw(static_cast<float>(next_++ % 16) / 8 - 1);
    }
    data_.resize((data_.size() + 31) / 32 * 32);
    ++tensors_;
  }

  std::string file(uint32_t version = 3) const {
    std::string start = "GGUF" + raw(version) + raw(tensors_) + raw(members_) + head_ + infos_;
    start.resize((start.size() + 31) / 32 * 32);
    return start + data_;
  }

 private:
  void member(const std::string& name, uint32_t type, const std::string& value) {
    head_ += text(name) + raw(type) + value;
    ++members_;
  }

  uint64_t tensors_ = 0, members_ = 0;
  std::string head_, infos_, data_;
  int next_ = 0;
};

// Tokens of all bytes and one of both first letters: `llama` with scores, or `gpt2` with merges.
inline void add_tokenizer(GgufBytes& to, const std::string& kind) {
  std::vector<std::string> tokens;
  uint32_t next = 0x100;
  for (uint32_t byte = 0; byte < 256; ++byte) {
    const bool is_seen = (byte > 0x20 && byte < 0x7F) || (byte > 0xA0 && byte != 0xAD);
    const uint32_t character = is_seen ? byte : next++;
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string name(1, static_cast<char>(character));
    if (kind == "llama") {
      name = std::string("<0x") + kDigits[byte >> 4] + kDigits[byte & 15] + ">";
    } else if (character >= 0x80) {
      name = {static_cast<char>(0xC0 | character >> 6), static_cast<char>(0x80 | (character & 0x3F))};
    }
    tokens.push_back(name);
  }
  for (const char* more : {"<s>", "ab"}) tokens.emplace_back(more);
  std::vector<int32_t> kinds(tokens.size(), kind == "llama" ? 6 : 1);
  kinds[256] = 3;
  kinds[257] = 1;
  if (kind == "llama") {
    for (const char* letter : {"a", "b"}) tokens.emplace_back(letter);
    kinds.resize(tokens.size(), 1);
    to.list("tokenizer.ggml.scores", 6, std::vector<float>(tokens.size(), -1));
  } else {
    to.texts("tokenizer.ggml.merges", {"a b"});
  }
  to.words("tokenizer.ggml.model", kind);
  to.texts("tokenizer.ggml.tokens", tokens);
  to.list("tokenizer.ggml.token_type", 5, kinds);
  to.integer("tokenizer.ggml.bos_token_id", 256);
  to.truth("tokenizer.ggml.add_bos_token", true);
}

// One layer of 32 elements and 64 hidden ones, 4 heads, 5 tokens and 6 positions.
inline GgufBytes small_decoder(const std::string& kind, uint32_t type = 0) {
  const bool is_llama = kind == "llama";
  GgufBytes file;
  file.words("general.architecture", kind);
  for (const auto& [name, value] : std::vector<std::pair<std::string, uint32_t>>{{"block_count", 1},
                                                                                 {"context_length", 6},
                                                                                 {"embedding_length", 32},
                                                                                 {"feed_forward_length", 64},
                                                                                 {"attention.head_count", 4}}) {
    file.integer(kind + "." + name, value);
  }
  if (is_llama) file.integer("llama.attention.head_count_kv", 2);
  file.real(kind + (is_llama ? ".attention.layer_norm_rms_epsilon" : ".attention.layer_norm_epsilon"), 1e-5F);
  const auto layer = [&](const std::string& name, uint64_t inputs, uint64_t outputs) {
    file.tensor("blk.0." + name + ".weight", {inputs, outputs}, type);
    if (!is_llama) file.tensor("blk.0." + name + ".bias", {outputs});
  };
  const auto norm = [&](const std::string& name) {
    file.tensor(name + ".weight", {32});
    if (!is_llama) file.tensor(name + ".bias", {32});
  };
  file.tensor("token_embd.weight", {32, 5}, type);
  norm("output_norm");
  norm("blk.0.attn_norm");
  norm("blk.0.ffn_norm");
  if (is_llama) {
    layer("attn_q", 32, 32);
    layer("attn_k", 32, 16);
    layer("attn_v", 32, 16);
    layer("ffn_gate", 32, 64);
  } else {
    file.tensor("position_embd.weight", {32, 6});
    layer("attn_qkv", 32, 96);
  }
  layer("attn_output", 32, 32);
  layer("ffn_up", 32, 64);
  layer("ffn_down", 64, 32);
  return file;
}

}  // namespace tmc::frontend::gguf
