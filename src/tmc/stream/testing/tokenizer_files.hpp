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

}  // namespace tmc::stream::testing
