// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/stream/host/automaton.hpp"

#include <map>

namespace tmc::stream {

std::vector<uint8_t> automaton_tables(const Automaton& automaton) {
  std::map<std::vector<uint16_t>, size_t> class_of_column;
  std::vector<std::vector<uint16_t>> columns;
  std::array<uint8_t, 256> classes{};
  for (size_t byte = 0; byte < 256; ++byte) {
    std::vector<uint16_t> column;
    for (const Automaton::State& state : automaton.states) column.push_back(state.next[byte]);
    const auto [at, is_new] = class_of_column.emplace(column, columns.size());
    if (is_new) columns.push_back(std::move(column));
    classes[byte] = static_cast<uint8_t>(at->second);
  }
  std::vector<uint8_t> bytes(ByteAutomaton::kHeaderBytes);
  const auto put = [&bytes](size_t value) {
    bytes.push_back(static_cast<uint8_t>(value));
    bytes.push_back(static_cast<uint8_t>(value >> 8));
  };
  bytes.insert(bytes.end(), classes.begin(), classes.end());
  for (const Automaton::State& state : automaton.states) put(state.info);
  for (size_t state = 0; state < automaton.states.size(); ++state) {
    for (const auto& column : columns) put(column[state]);
  }
  put_u32(bytes.data(), ByteAutomaton::kMagic);
  put_u16(bytes.data() + 4, ByteAutomaton::kVersion);
  put_u16(bytes.data() + 6, static_cast<uint32_t>(automaton.states.size()));
  put_u16(bytes.data() + 8, static_cast<uint32_t>(columns.size()));
  put_u32(bytes.data() + 12, static_cast<uint32_t>(bytes.size()));
  return bytes;
}

}  // namespace tmc::stream
