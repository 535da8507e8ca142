// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a text may be, byte by byte across the borders of tokens: strings at which it stops, and an expression that it
// has to match. Both walk an automaton in flash; their state is one number, which is all there is to save.
// Freestanding.

#include "tmc/stream/byte_automaton.hpp"
#include "tmc/stream/tokenizer_tables.hpp"

namespace tmc::stream {

// Finds the first of several strings in what is fed. Of an automaton of host/stop_strings.hpp, whose infos are the
// length of the longest string that ends in the state, times 256, and the bytes that may begin one.
class StopStrings {
 public:
  struct Found {
    bool stops = false;
    int32_t taken = 0;  // bytes of what was fed, up to the end of the string where it stops
    int32_t held = 0;   // the last so many bytes of all that was taken are the string, or may become it: not yet text
  };

  explicit StopStrings(const ByteAutomaton& automaton) : automaton_(automaton) {}

  uint32_t state() const { return state_; }
  void reset() { state_ = 0; }
  // False, and nothing changes, where there is no such state.
  bool set_state(uint32_t state) {
    if (state >= automaton_.states()) return false;
    state_ = state;
    return true;
  }

  // Goes on through these bytes, as far as the end of the first string. In time of their number.
  Found feed(const uint8_t* bytes, int32_t count) {
    Found found;
    while (found.taken < count && !found.stops) {
      state_ = automaton_.next(state_, bytes[found.taken++]);
      found.stops = automaton_.info(state_) >> 8 != 0;
    }
    const uint32_t info = automaton_.info(state_);
    found.held = static_cast<int32_t>(found.stops ? info >> 8 : info & 0xFF);
    return found;
  }

 private:
  const ByteAutomaton& automaton_;
  uint32_t state_ = 0;
};

// Lets follow what an expression can still match. Of an automaton of host/regular_expression.hpp, whose infos are 1
// where the text may end; from each of its states the end can be reached.
class TextConstraint {
 public:
  TextConstraint(const ByteAutomaton& automaton, const TokenizerTables& tokens)
      : automaton_(automaton), tokens_(tokens) {}

  uint32_t state() const { return state_; }
  void reset() { state_ = 0; }
  bool set_state(uint32_t state) {
    if (state >= automaton_.states()) return false;
    state_ = state;
    return true;
  }
  bool may_end() const { return automaton_.info(state_) == 1; }

  // Sets a bit, 32 a word, for every token whose whole piece can follow, and for the one that ends a text where it may
  // end; clears the others. Other tokens without text cannot follow. In time of the bytes of all pieces at most.
  // kNoRoom where `words` are fewer than (tokens + 31) / 32.
  StreamError allow(uint32_t* mask, int32_t words) const {
    const int32_t needed = (tokens_.tokens() + 31) / 32;
    if (words < needed) return StreamError::kNoRoom;
    for (int32_t word = 0; word < needed; ++word) mask[word] = 0;
    tokens_.visit_pieces([&](int32_t token, Piece piece) {
      if (follows(token, piece) != ByteAutomaton::kNowhere) mask[token / 32] |= 1U << (token % 32);
    });
    return StreamError::kOk;
  }

  // Goes on through a token that was allowed. kNotAllowed, and nothing changes, where it was not.
  StreamError accept(int32_t token) {
    if (token < 0 || token >= tokens_.tokens()) return StreamError::kNotAllowed;
    const uint32_t state = follows(token, tokens_.piece(token));
    if (state == ByteAutomaton::kNowhere) return StreamError::kNotAllowed;
    state_ = state;
    return StreamError::kOk;
  }

 private:
  uint32_t follows(int32_t token, Piece piece) const {
    if (token == tokens_.end_token() && may_end()) return state_;
    if (piece.count == 0 || token == tokens_.end_token()) return ByteAutomaton::kNowhere;
    uint32_t state = state_;
    for (int32_t i = 0; i < piece.count && state != ByteAutomaton::kNowhere; ++i) {
      state = automaton_.next(state, piece.bytes[i]);
    }
    return state;
  }

  const ByteAutomaton& automaton_;
  const TokenizerTables& tokens_;
  uint32_t state_ = 0;
};

}  // namespace tmc::stream
