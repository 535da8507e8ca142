// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Names and types of the members of a contract's Params, read from the text that TMC_PARAMS leaves, at compile time.

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace tmc::kernels {

struct ParamInfo {
  const char* name;
  int32_t count = 1;      // elements of an array member
  bool is_float = false;  // float instead of int32_t
};

constexpr bool ends_member(char c) {
  return c == ',' || c == ';';
}

// Of "int32_t batch, extents[4]; float beta;".
template <typename Contract>
struct ParamsOf {
  static constexpr std::string_view kText = Contract::kParamsText;
  static constexpr auto kCount = static_cast<size_t>(std::ranges::count_if(kText, ends_member));

  // The text in pieces: names end with a zero.
  static constexpr auto kNames = [] {
    std::array<char, kText.size()> names{};
    std::ranges::transform(kText, names.begin(), [](char c) { return ends_member(c) || c == '[' ? '\0' : c; });
    return names;
  }();

  static constexpr auto kInfos = [] {
    std::array<ParamInfo, kCount> infos{};
    bool begins_declaration = true;
    bool is_float = false;
    size_t at = 0;
    for (ParamInfo& info : infos) {
      at = kText.find_first_not_of(' ', at);
      if (begins_declaration) {
        is_float = kText.substr(at).starts_with("float ");
        at = kText.find(' ', at) + 1;
      }
      const size_t end = kText.find_first_of(",;", at);
      const std::string_view member = kText.substr(at, end - at);
      const size_t bracket = member.find('[');
      info = {kNames.data() + at, bracket == member.npos ? 1 : member[bracket + 1] - '0', is_float};
      begins_declaration = kText[end] == ';';
      at = end + 1;
    }
    return infos;
  }();
};

}  // namespace tmc::kernels
