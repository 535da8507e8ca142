// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// An automaton over bytes as it is made, and the tables that the device walks (byte_automaton.hpp).

#include <array>
#include <cstdint>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/stream/byte_automaton.hpp"

namespace tmc::stream {

struct Automaton {
  struct State {
    std::array<uint16_t, 256> next;  // ByteAutomaton::kNowhere where nothing follows
    uint16_t info = 0;
  };
  std::vector<State> states;  // 0 is the first

  static State dead_end() {
    State state;
    state.next.fill(static_cast<uint16_t>(ByteAutomaton::kNowhere));
    return state;
  }
};

// The most states that the makers of automata make.
inline constexpr size_t kMostAutomatonStates = 4096;

std::vector<uint8_t> automaton_tables(const Automaton& automaton);

}  // namespace tmc::stream
