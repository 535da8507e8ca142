// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A text on its way to tokens: those of the words that are done, then the symbols of the last one. Freestanding.

#include "tmc/stream/tokenizer_tables.hpp"

namespace tmc::stream {

struct EncodeMemory {
  int32_t* tokens = nullptr;  // the result
  int32_t capacity = 0;       // of `tokens`: what is there before the last word is merged must fit too
  uint16_t* ranks = nullptr;  // scratch
  int32_t longest_word = 0;   // of `ranks`, in symbols
};

class MergedText {
 public:
  MergedText(const TokenizerTables& tables, const EncodeMemory& memory) : tables_(tables), memory_(memory) {}

  int32_t count() const { return count_; }

  // Adds a symbol to the last word. kNoRoom, and kBadTables where it is kNoToken.
  StreamError push(int32_t token) {
    if (token == kNoToken) return StreamError::kBadTables;
    if (count_ >= memory_.capacity || count_ - word_ >= memory_.longest_word) return StreamError::kNoRoom;
    memory_.tokens[count_++] = token;
    return StreamError::kOk;
  }

  // Merges the symbols of the last word, of neighbours those of the lowest rank, the leftmost first, until none can be;
  // what follows is a new word. Of n symbols, n * n steps at most and 3 * n searches.
  void merge_word() {
    int32_t* symbols = memory_.tokens + word_;
    uint16_t* ranks = memory_.ranks;  // of each symbol and the next
    int32_t size = count_ - word_;
    for (int32_t i = 0; i + 1 < size; ++i) set_rank(i);
    while (size > 1) {
      int32_t best = 0;
      for (int32_t i = 1; i + 1 < size; ++i) {
        if (ranks[i] < ranks[best]) best = i;
      }
      if (ranks[best] == kNoRank) break;
      symbols[best] = tables_.merge_of(symbols[best], symbols[best + 1]).token;
      --size;
      for (int32_t i = best + 1; i < size; ++i) {
        symbols[i] = symbols[i + 1];
        ranks[i - 1] = ranks[i];
      }
      if (best > 0) set_rank(best - 1);
      if (best + 1 < size) set_rank(best);
    }
    word_ += size;
    count_ = word_;
  }

 private:
  void set_rank(int32_t symbol) {
    const int32_t* pair = memory_.tokens + word_ + symbol;
    memory_.ranks[symbol] = static_cast<uint16_t>(tables_.merge_of(pair[0], pair[1]).rank);
  }

  const TokenizerTables& tables_;
  const EncodeMemory& memory_;
  int32_t count_ = 0;
  int32_t word_ = 0;  // where the symbols of the last word begin
};

}  // namespace tmc::stream
