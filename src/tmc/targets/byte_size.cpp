// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/targets/byte_size.hpp"

#include <limits>

#include "tmc/base/host/number.hpp"

namespace tmc {
namespace {

int unit_shift(char unit) {
  switch (unit) {
    case 'K':
    case 'k':
      return 10;
    case 'M':
    case 'm':
      return 20;
    case 'G':
    case 'g':
      return 30;
    default:
      return 0;
  }
}

}  // namespace

Result<std::uint64_t> parse_byte_size(std::string_view text) {
  std::string_view digits = text;
  const int shift = digits.empty() ? 0 : unit_shift(digits.back());
  if (shift != 0) digits.remove_suffix(1);
  std::uint64_t number = 0;
  const bool is_number = parse_number(digits, number);
  const std::uint64_t most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) >> shift;
  if (!is_number || number > most) {
    return error(Error::kBadUsage, "'{}' is not a size in bytes", text)
        .with_hint("write a number with an optional K, M or G, such as 512K");
  }
  return number << shift;
}

}  // namespace tmc
