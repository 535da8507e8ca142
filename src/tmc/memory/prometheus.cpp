// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/prometheus.hpp"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

namespace tmc::memory {
namespace {

struct Family {
  const char* name;
  const char* type;
  const char* help;
  uint64_t (*value)(const Counts&);
};

constexpr Family kFamilies[] = {
    {"tinymlc_memory_allocated_bytes_total", "counter", "Bytes given out since the beginning.",
     [](const Counts& counts) { return counts.allocated_bytes; }},
    {"tinymlc_memory_allocations_total", "counter", "Blocks given out since the beginning.",
     [](const Counts& counts) { return counts.allocations; }},
    {"tinymlc_memory_refused_total", "counter", "Allocations for which there was no room.",
     [](const Counts& counts) { return counts.refused; }},
    {"tinymlc_memory_live_bytes", "gauge", "Bytes that are given out.",
     [](const Counts& counts) { return counts.live_bytes; }},
    {"tinymlc_memory_retained_bytes", "gauge", "Bytes had of the system, in use or not.",
     [](const Counts& counts) { return counts.retained_bytes; }},
    {"tinymlc_memory_unused_bytes", "gauge", "Bytes retained that are not given out.",
     [](const Counts& counts) { return counts.unused_bytes(); }},
    {"tinymlc_memory_returned_bytes_total", "counter", "Bytes given back to the system after idle.",
     [](const Counts& counts) { return counts.returned_bytes; }},
};

std::string escaped(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (c == '\n') {
      text += "\\n";
      continue;
    }
    if (c == '\\' || c == '"') text += '\\';
    text += c;
  }
  return text;
}

}  // namespace

std::string prometheus(const Registry& registry) {
  const auto counts = registry.read();
  std::string text;
  const auto out = std::back_inserter(text);
  for (const Family& family : kFamilies) {
    fmt::format_to(out, "# HELP {0} {1}\n# TYPE {0} {2}\n", family.name, family.help, family.type);
    for (const auto& [labels, of_labels] : counts) {
      fmt::format_to(out, "{}{{pool=\"{}\",model=\"{}\"}} {}\n", family.name, escaped(labels.pool),
                     escaped(labels.model), family.value(of_labels));
    }
  }
  return text;
}

}  // namespace tmc::memory
