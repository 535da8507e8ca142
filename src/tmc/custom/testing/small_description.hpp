// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The description of one operator, for tests.

#include <map>
#include <string>

namespace tmc::custom::testing {

// One operator with these lines instead of, or beside, the usual ones.
inline std::string yaml_of(const std::map<std::string, std::string>& changed = {}) {
  std::map<std::string, std::string> lines = {
      {"name", "pool"},
      {"onnx", "com.example:Pool"},
      {"inputs", "[{name: x, dtype: f32, shape: [n, h, w, c]}]"},
      {"outputs", "[{name: y, dtype: f32, shape: [n, h // stride, w // stride, c]}]"},
      {"attributes", "[{name: stride, type: int, default: 2}, {name: taps, type: float, count: 2}]"},
      {"header", "pool.hpp"},
      {"function", "dsp::pool"}};
  for (const auto& [key, value] : changed) lines[key] = value;
  std::string text = "operators:\n";
  for (const auto& [key, value] : lines) {
    if (!value.empty()) text += (text.ends_with("s:\n") ? "  - " : "    ") + key + ": " + value + "\n";
  }
  return text;
}

}  // namespace tmc::custom::testing
