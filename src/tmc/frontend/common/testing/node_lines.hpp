// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The lines of a graph's text form that are nodes, for golden tests of importers; or the first line of the refusal,
// which has a hint behind it.

#include <sstream>
#include <string>

#include "tmc/base/host/refusals.hpp"
#include "tmc/ir/text.hpp"

namespace tmc::frontend {

inline std::string node_lines(const Result<ir::Graph>& graph) {
  if (!graph.ok()) {
    const std::string text = graph.status().text();
    const bool lacks_hint = Refusals::is_refusal(graph.status()) && graph.status().hint().empty();
    return lacks_hint ? text + " WITHOUT A HINT" : text.substr(0, text.find('\n'));
  }
  std::istringstream text(ir::to_text(*graph));
  std::string out;
  for (std::string line; std::getline(text, line);) {
    if (line.find(") ") == std::string::npos && !line.ends_with(')')) continue;
    out += line.substr(line.find_first_not_of(' ')) + "\n";
  }
  return out;
}

}  // namespace tmc::frontend
