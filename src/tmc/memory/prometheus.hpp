// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a registry counts, in Prometheus' text form (exposition format 0.0.4): a family for each count, a sample for
// each pair of labels.

#include <string>
#include <string_view>

#include "tmc/memory/metrics.hpp"

namespace tmc::memory {

std::string prometheus(const CountsByLabels& counts);
inline std::string prometheus(const Registry& registry) {
  return prometheus(registry.read());
}

// For families of others.
struct Family {
  const char* name;
  const char* type;  // "counter", "gauge", "histogram"
  const char* help;
};
void write_head(std::string& text, const Family& family);
// A label's value. What is not UTF-8, which a scraper refuses with all of the text, becomes U+FFFD.
std::string escaped(std::string_view value);

}  // namespace tmc::memory
