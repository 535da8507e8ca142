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
  return fixed16::twice_over_one_plus(fixed16::exp_of_negative(-a, integer_bits));
}

int32_t on_line(int32_t slope, int32_t within) {
  return slope * within >> GateTable::kSlopeBits;
}

struct Line {
  int32_t base, slope, spread;
};

// The line under those quotients with the least height of what lies above it.
Line line_under(const std::vector<int32_t>& quotients, int32_t first) {
  const int32_t rise = quotients[static_cast<size_t>(first + kBlock - 1)] - quotients[static_cast<size_t>(first)];
  const int32_t slope_near = (rise << GateTable::kSlopeBits) / (kBlock - 1);
  Line best{0, 0, INT32_MAX};
  for (int32_t slope = slope_near - 8; slope <= slope_near + 8; ++slope) {
    int32_t least = INT32_MAX;
    int32_t most = INT32_MIN;
    for (int32_t i = 0; i < kBlock; ++i) {
      const int32_t above = quotients[static_cast<size_t>(first + i)] - on_line(slope, i);
      least = std::min(least, above);
      most = std::max(most, above);
    }
    if (most - least < best.spread) best = {least, slope, most - least};
  }
  return best;
}

std::vector<int32_t> table_words() {
  std::vector<int32_t> quotients;
  for (int32_t r = 0; r < GateTable::kEntries; ++r) quotients.push_back(reference_quotient(r));
  std::vector<int32_t> words;
  std::vector<uint32_t> above(GateTable::kEntries / 8);
  for (int32_t first = 0; first < GateTable::kEntries; first += kBlock) {
    const Line line = line_under(quotients, first);
    words.push_back(static_cast<int32_t>(static_cast<uint32_t>(line.slope) << 16 | static_cast<uint16_t>(line.base)));
    for (int32_t i = 0; i < kBlock; ++i) {
      const int32_t rest = quotients[static_cast<size_t>(first + i)] - line.base - on_line(line.slope, i);
      above[static_cast<size_t>(first + i) / 8] |= static_cast<uint32_t>(rest & 15) << ((first + i) % 8 * 4);
    }
  }
  words.insert(words.end(), above.begin(), above.end());
  return words;
}

}  // namespace

const Blob& gate_table() {
  static const Blob kTable = make_blob(DType::kI32, table_words());
  return kTable;
}

}  // namespace tmc::kernels::armv7em
