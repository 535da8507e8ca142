// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/armv7em/host/detail/gate_table.hpp"

#include <algorithm>
#include <vector>

#include "tmc/kernels/armv7em/detail/gate_table.hpp"

namespace tmc::kernels::armv7em {
namespace {

constexpr int32_t kBlock = 1 << GateTable::kBlockBits;

// Of r in steps of 2^-12. At 0 both functions are what their formula says of 1; up to 8 exp is of three integer bits,
// above of four, for which r is even: what lies between is not asked for.
int32_t reference_quotient(int32_t r) {
  if (r == 0) return 1 << 13;
  const int32_t integer_bits = r <= 32768 ? 3 : 4;
  const int32_t a = integer_bits == 3 ? r : r / 2;
  return fixed16::twice_over_one_plus<fixed16::Reference>(
      fixed16::exp_of_negative<fixed16::Reference>(-a, integer_bits));
}

// Appends values to words, the first in the lowest bits.
void append_values(const std::vector<uint32_t>& values, size_t bits, std::vector<int32_t>& words) {
  const size_t of_word = 32 / bits;
  for (size_t first = 0; first < values.size(); first += of_word) {
    uint32_t word = 0;
    for (size_t i = 0; i < of_word; ++i) word |= values[first + i] << (i * bits);
    words.push_back(static_cast<int32_t>(word));
  }
}

std::vector<int32_t> table_words() {
  std::vector<uint32_t> lowest;
  std::vector<uint32_t> above;
  for (int32_t first = 0; first < GateTable::kEntries; first += kBlock) {
    std::vector<int32_t> quotients;
    for (int32_t i = 0; i < kBlock; ++i) quotients.push_back(reference_quotient(first + i));
    const int32_t least = *std::ranges::min_element(quotients);
    lowest.push_back(static_cast<uint32_t>(least));
    for (const int32_t quotient : quotients) above.push_back(static_cast<uint32_t>(quotient - least));
  }
  std::vector<int32_t> words;
  append_values(lowest, 16, words);
  append_values(above, 8, words);
  return words;
}

}  // namespace

const Blob& gate_table() {
  static const Blob kTable = make_blob(DType::kI32, table_words());
  return kTable;
}

}  // namespace tmc::kernels::armv7em
