// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A deterministic automaton over bytes, in flash, as host/automaton.hpp writes it. Bytes that all states treat alike
// are one class. It begins in state 0. Little-endian, of any alignment:
//
//   16 bytes     "tmau", version u16, states u16, classes u16, 0 u16, bytes of the whole u32
//   classes      u8 [256], the class of each byte
//   infos        u16 for each state; what they say depends on who uses the automaton
//   transitions  u16 [states][classes], kNowhere where there is none
//
// Freestanding; reads flash alone.

#include "tmc/stream/bytes.hpp"
#include "tmc/stream/stream_error.hpp"

namespace tmc::stream {

class ByteAutomaton {
 public:
  static constexpr uint32_t kMagic = 0x75616D74;  // "tmau"
  static constexpr uint32_t kVersion = 1;
  static constexpr uint32_t kHeaderBytes = 16;
  static constexpr uint32_t kNowhere = 0xFFFF;

  // kBadTables where the bytes are not what their header says. What is within is the host's word.
  StreamError open(const uint8_t* bytes, uint32_t count) {
    if (count < kHeaderBytes + 256 || get_u32(bytes) != kMagic || get_u16(bytes + 4) != kVersion) {
      return StreamError::kBadTables;
    }
    const uint32_t states = get_u16(bytes + 6);
    const uint32_t classes = get_u16(bytes + 8);
    const uint64_t whole = kHeaderBytes + 256 + 2 * static_cast<uint64_t>(states) * (classes + 1);
    if (states == 0 || get_u32(bytes + 12) != count || whole != count) return StreamError::kBadTables;
    states_ = states;
    class_count_ = classes;
    classes_ = bytes + kHeaderBytes;
    infos_ = classes_ + 256;
    transitions_ = infos_ + 2 * states;
    return StreamError::kOk;
  }

  uint32_t states() const { return states_; }
  // Of a state below states(). kNowhere where nothing follows.
  uint32_t next(uint32_t state, uint8_t byte) const {
    return get_u16(transitions_ + 2 * (state * class_count_ + classes_[byte]));
  }
  uint32_t info(uint32_t state) const { return get_u16(infos_ + 2 * state); }

 private:
  const uint8_t* classes_ = nullptr;
  const uint8_t* infos_ = nullptr;
  const uint8_t* transitions_ = nullptr;
  uint32_t states_ = 0;
  uint32_t class_count_ = 0;
};

}  // namespace tmc::stream
