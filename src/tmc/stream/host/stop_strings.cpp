// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/stream/host/stop_strings.hpp"

#include <algorithm>
#include <deque>

namespace tmc::stream {
namespace {

constexpr size_t kLongestString = 255;
constexpr auto kNowhere = static_cast<uint16_t>(ByteAutomaton::kNowhere);

Status check(const std::vector<std::string>& strings) {
  if (strings.empty()) return error(Error::kBadUsage, "there are no strings to stop at");
  size_t bytes = 1;
  for (const std::string& string : strings) {
    if (string.empty() || string.size() > kLongestString) {
      return error(Error::kBadUsage, "a string to stop at has {} bytes; it has 1 to {}", string.size(), kLongestString);
    }
    bytes += string.size();
  }
  if (bytes > kMostAutomatonStates) {
    return error(Error::kBadUsage, "strings to stop at have {} bytes together, at most {} will do", bytes - 1,
                 kMostAutomatonStates - 1);
  }
  return {};
}

// States are the beginnings of strings; info is the length of the string that ends there, times 256, and the depth.
Automaton trie_of(const std::vector<std::string>& strings) {
  Automaton trie;
  trie.states.push_back(Automaton::dead_end());
  for (const std::string& string : strings) {
    size_t state = 0;
    for (const char byte : string) {
      const auto number = static_cast<uint8_t>(byte);
      if (trie.states[state].next[number] == kNowhere) {
        trie.states[state].next[number] = static_cast<uint16_t>(trie.states.size());
        trie.states.push_back(Automaton::dead_end());
        trie.states.back().info = static_cast<uint16_t>((trie.states[state].info & 0xFF) + 1);
      }
      state = trie.states[state].next[number];
    }
    trie.states[state].info |= static_cast<uint16_t>(string.size() << 8);
  }
  return trie;
}

}  // namespace

Result<Automaton> stop_strings_automaton(const std::vector<std::string>& strings) {
  TMC_TRY(check(strings));
  Automaton automaton = trie_of(strings);
  std::vector<uint16_t> falls_to(automaton.states.size(), 0);
  std::deque<uint16_t> waiting = {0};
  while (!waiting.empty()) {
    const uint16_t state = waiting.front();
    waiting.pop_front();
    // What ends in the longest beginning that this state ends with ends here too, where nothing longer does.
    Automaton::State& here = automaton.states[state];
    if (here.info >> 8 == 0) here.info |= static_cast<uint16_t>(automaton.states[falls_to[state]].info & 0xFF00);
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint16_t fallback = state == 0 ? uint16_t{0} : automaton.states[falls_to[state]].next[byte];
      uint16_t& next = here.next[byte];
      if (next == kNowhere) {
        next = fallback;
      } else {
        falls_to[next] = fallback;
        waiting.push_back(next);
      }
    }
  }
  return automaton;
}

}  // namespace tmc::stream
