// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The ports of a decoder whose caches are its inputs and outputs: keys and values of the tokens before come in as
// "past", and go out as "present" with those of the new tokens behind them.

#include <cstdint>
#include <string>
#include <vector>

namespace tmc::frontend {

struct PastPorts {
  // One cache, of keys, of values or of both.
  struct Cache {
    std::string past;
    size_t present = 0;  // which output
    int axis = 0;        // that counts tokens
  };
  std::string tokens;     // their numbers, [1, tokens]
  std::string positions;  // of the tokens, [1, tokens] or [tokens]
  size_t logits = 0;      // which output
  std::vector<Cache> caches;
};

// How many tokens such a decoder is imported for.
struct PastLengths {
  int64_t past = 0;
  int64_t tokens = 1;
  std::string positions = {};  // the input that holds them: PastPorts::positions
};

}  // namespace tmc::frontend
