// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A tokenizer as files have it, whichever they are, and the tables that the device reads (tokenizer_tables.hpp).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/stream/tokenizer_tables.hpp"

namespace tmc::stream {

struct TokenizerModel {
  enum class Kind : uint8_t {
    kNormal,   // text
    kByte,     // one byte, which text without a token of its own is made of
    kControl,  // no text
  };
  struct Token {
    std::string piece;  // the bytes that it stands for
    Kind kind = Kind::kNormal;
  };
  struct Pair {
    uint16_t left = 0;
    uint16_t right = 0;
    uint16_t merged = 0;
    uint16_t rank = 0;
  };

  std::vector<Token> tokens;  // below 65,535
  std::vector<Pair> merges;   // of neighbours that are different
  std::optional<uint16_t> begin;
  std::optional<uint16_t> end;
  std::vector<uint16_t> other_ends = {};  // tokens that end a text as `end` does
  bool adds_begin = true;                 // `begin` goes before every text; else before one of nothing
  uint32_t flags = 0;                     // of TokenizerFlag; kSplitsBeforeSpaces is found out
};

// The most tokens and merges that tables hold.
inline constexpr size_t kMostTokens = 65'534;
inline constexpr size_t kMostMerges = 1'000'000;

// What the pieces' scores say of merges, as SentencePiece and llama2.c have them: two neighbours become the token whose
// piece is theirs, the highest score first, where it is above `lowest`. Tokens that are not normal take no part. Of
// tokens with the same piece the first counts.
void merges_of_scores(const std::vector<float>& scores, float lowest, TokenizerModel& model);

// kUnsupportedShape where the tables cannot hold it: what, and how much they can.
Result<std::vector<uint8_t>> tokenizer_tables(const TokenizerModel& model);

}  // namespace tmc::stream
