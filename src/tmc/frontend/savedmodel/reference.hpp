// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How nodes refer to what others give: "node:1" or "node" in a graph, "node:output:1" or "argument" in the body of a
// function, "^node" where one has to run before.

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace tmc::frontend::savedmodel {

struct Reference {
  std::string node;
  std::string_view output = {};  // of the text that was read
  int64_t index = 0;
  bool is_control = false;

  explicit Reference(std::string_view text) {
    if (text.starts_with('^')) {
      is_control = true;
      text.remove_prefix(1);
    }
    const size_t first = text.find(':');
    node = text.substr(0, first);
    if (first == std::string_view::npos) return;
    const size_t last = text.rfind(':');
    if (last > first) output = text.substr(first + 1, last - first - 1);
    const std::string_view number = text.substr(last + 1);
    const auto [end, failure] = std::from_chars(number.data(), number.data() + number.size(), index);
    if (failure != std::errc() || end != number.data() + number.size()) index = -1;
  }
};

}  // namespace tmc::frontend::savedmodel
