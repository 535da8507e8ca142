// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests and fuzzers: files of tokenizers.

#include <fmt/format.h>

#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace tmc::stream::testing {

using ScoredPiece = std::pair<std::string, float>;

inline std::vector<ScoredPiece> first_pieces_of_llama2c() {
  std::vector<ScoredPiece> pieces = {{"<unk>", 0}, {"\n<s>\n", 0}, {"\n</s>\n", 0}};
  for (int byte = 0; byte < 256; ++byte) pieces.emplace_back(fmt::format("<0x{:02X}>", byte), 0);
  return pieces;
}

// tokenizer.bin of llama2.c with the tokens that all have, and these.
inline std::string llama2c_tokenizer_file(const std::vector<ScoredPiece>& more) {
  std::vector<ScoredPiece> pieces = first_pieces_of_llama2c();
  pieces.insert(pieces.end(), more.begin(), more.end());
  int32_t longest = 0;
  for (const auto& [piece, score] : pieces) longest = std::max(longest, static_cast<int32_t>(piece.size()));
  std::string file;
  const auto put = [&file](auto value) { file.append(reinterpret_cast<const char*>(&value), sizeof value); };
  put(longest);
  for (const auto& [piece, score] : pieces) {
    put(score);
    put(static_cast<int32_t>(piece.size()));
    file += piece;
  }
  return file;
}

// tokenizer.json with the tokens of the bytes, written as GPT-2 writes them or as Llama's files do, and a merge.
inline std::string huggingface_tokenizer_file(bool is_byte_level) {
  std::string vocabulary;
  int next = 0x100;
  for (int byte = 0; byte < 256; ++byte) {
    const bool is_seen = (byte > 0x20 && byte < 0x7F) || (byte > 0xA0 && byte != 0xAD);
    const std::string name =
        is_byte_level ? fmt::format("\\u{:04x}", is_seen ? byte : next++) : fmt::format("<0x{:02X}>", byte);
    vocabulary += fmt::format("\"{}\": {}, ", name, byte);
  }
  if (!is_byte_level) vocabulary += "\"a\": 258, \"b\": 259, \"\u2581\": 260, ";
  return fmt::format(
      R"({{"added_tokens": [{{"id": 257, "content": "<|endoftext|>"}}], "normalizer": null,
"pre_tokenizer": {{"type": "{}", "add_prefix_space": false, "replacement": "\u2581", "prepend_scheme": "always"}},
"model": {{"type": "BPE", "byte_fallback": true, "vocab": {{{}"ab": 256}}, "merges": ["a b"]}}}})",
      is_byte_level ? "ByteLevel" : "Metaspace", vocabulary);
}

}  // namespace tmc::stream::testing
