// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/prometheus.hpp"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

namespace tmc::memory {
namespace {

struct CountFamily {
  Family family;
  uint64_t (*value)(const Counts&);
};

constexpr CountFamily kFamilies[] = {
    {{"tinymlc_memory_allocated_bytes_total", "counter", "Bytes given out since the beginning."},
     [](const Counts& counts) { return counts.allocated_bytes; }},
    {{"tinymlc_memory_allocations_total", "counter", "Blocks given out since the beginning."},
     [](const Counts& counts) { return counts.allocations; }},
    {{"tinymlc_memory_refused_total", "counter", "Allocations for which there was no room."},
     [](const Counts& counts) { return counts.refused; }},
    {{"tinymlc_memory_live_bytes", "gauge", "Bytes that are given out."},
     [](const Counts& counts) { return counts.live_bytes; }},
    {{"tinymlc_memory_retained_bytes", "gauge", "Bytes had of the system, in use or not."},
     [](const Counts& counts) { return counts.retained_bytes; }},
    {{"tinymlc_memory_unused_bytes", "gauge", "Bytes retained that are not given out."},
     [](const Counts& counts) { return counts.unused_bytes(); }},
    {{"tinymlc_memory_returned_bytes_total", "counter", "Bytes given back to the system after idle."},
     [](const Counts& counts) { return counts.returned_bytes; }},
};

// Of the sequence of UTF-8 that `text` begins with; 0 where it begins with none.
size_t sequence_bytes(std::string_view text) {
  const auto first = static_cast<uint8_t>(text[0]);
  const size_t bytes = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (bytes > text.size()) return 0;
  for (size_t i = 1; i < bytes; ++i) {
    if ((static_cast<uint8_t>(text[i]) & 0xc0) != 0x80) return 0;
  }
  const auto second = static_cast<uint8_t>(bytes > 2 ? text[1] : 0);
  const bool is_overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool is_no_character = (first == 0xed && second >= 0xa0) || (first == 0xf4 && second >= 0x90);
  return is_overlong || is_no_character ? 0 : bytes;
}

}  // namespace

std::string escaped(std::string_view value) {
  std::string text;
  while (!value.empty()) {
    const size_t bytes = sequence_bytes(value);
    if (value[0] == '\\' || value[0] == '"') text += '\\';
    text += bytes == 0 ? "\ufffd" : value[0] == '\n' ? "\\n" : value.substr(0, bytes);
    value.remove_prefix(bytes == 0 ? 1 : bytes);
  }
  return text;
}

void write_head(std::string& text, const Family& family) {
  fmt::format_to(std::back_inserter(text), "# HELP {0} {1}\n# TYPE {0} {2}\n", family.name, family.help, family.type);
}

std::string prometheus(const CountsByLabels& counts) {
  std::string text;
  const auto out = std::back_inserter(text);
  for (const auto& [family, value] : kFamilies) {
    write_head(text, family);
    for (const auto& [labels, of_labels] : counts) {
      fmt::format_to(out, "{}{{pool=\"{}\",model=\"{}\"}} {}\n", family.name, escaped(labels.pool),
                     escaped(labels.model), value(of_labels));
    }
  }
  return text;
}

}  // namespace tmc::memory
