// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A nondeterministic automaton over bytes (K. Thompson, "Regular expression search algorithm", 1968), and the
// deterministic one that accepts the same, with the fewest states.

#include <bitset>
#include <cstdint>
#include <vector>

#include "tmc/stream/host/automaton.hpp"

namespace tmc::stream {

using ByteSet = std::bitset<256>;

class ByteGraph {
 public:
  static constexpr size_t kMostNodes = 8192;

  // A part with one way in and one way out.
  struct Part {
    uint32_t in = 0;
    uint32_t out = 0;
  };

  Part nothing();
  Part one_of(const ByteSet& bytes);
  Part then(Part first, Part second);
  Part either(Part first, Part second);
  Part optional(Part part);
  Part repeated(Part part);  // once or more often

  // It goes on counting there, but makes no more.
  bool is_full() const { return nodes_.size() >= kMostNodes; }

  // Infos are 1 where `part` may end. From every state the end can be reached. kBadUsage where there is no text that
  // the part matches, and where there are too many states.
  Result<Automaton> determine(Part part) const;

 private:
  struct Node {
    ByteSet bytes;  // that lead to `next`
    uint32_t next = 0;
    std::vector<uint32_t> free;  // where it leads without a byte
  };

  uint32_t add();
  std::vector<uint32_t> closed(std::vector<uint32_t> nodes) const;

  std::vector<Node> nodes_;
};

}  // namespace tmc::stream
