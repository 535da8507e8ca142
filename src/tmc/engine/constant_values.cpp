// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/constant_values.hpp"

#include <cstring>

#include "tmc/base/fixed_point.hpp"
#include "tmc/kernels/highway/detail/int8_layers.hpp"

namespace tmc::engine {
namespace {

// Elements of a constant, wherever it lies.
template <typename T>
class Elements {
 public:
  explicit Elements(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  size_t size() const { return bytes_.size() / sizeof(T); }
  T operator[](size_t i) const {
    T value;
    std::memcpy(&value, &bytes_[i * sizeof(T)], sizeof(value));
    return value;
  }
  bool are_within(size_t first, size_t count, T least, T most) const {
    for (size_t i = first; i < first + count; ++i) {
      if ((*this)[i] < least || (*this)[i] > most) return false;
    }
    return true;
  }

 private:
  std::span<const uint8_t> bytes_;
};

// Bias, multiplier and shift of each channel.
bool has_shifts(std::span<const uint8_t> bytes, int32_t most) {
  const Elements<int32_t> words(bytes);
  for (size_t i = 2; i < words.size(); i += 3) {
    if (!words.are_within(i, 1, -31, most)) return false;
  }
  return true;
}

// Sums of a row's exponentials are divided by: none is negative, and that of its largest element is above 0.
bool has_exponentials(std::span<const uint8_t> bytes) {
  const Elements<int32_t> table(bytes);
  return table.size() > 0 && table.are_within(0, table.size(), 0, INT32_MAX) && table[0] >= 1 << 30;
}

// The same of a table of softmax_s16, which ends with that of 0.
bool has_interpolated_table(std::span<const uint8_t> bytes) {
  constexpr size_t kEntries = 513;
  const Elements<int16_t> table(bytes);
  return table.are_within(0, kEntries, 0, INT16_MAX) && table.are_within(kEntries - 2, 2, 1, INT16_MAX);
}

}  // namespace

bool portable_values_hold(const NamedParams& p, std::string_view name, std::span<const uint8_t> bytes) {
  if (name == "channels") {
    const bool is_reduced = p.kernel().ends_with("_s16");
    return has_shifts(bytes, is_reduced ? kMostReducedShift : 31);
  }
  if (name == "exponentials" && p.kernel().starts_with("softmax_s8")) return has_exponentials(bytes);
  if (p.kernel() == "softmax_s16") return has_interpolated_table(bytes);
  if (name == "exponentials") {
    const Elements<int16_t> table(bytes);
    return table.are_within(0, table.size(), 0, INT16_MAX);
  }
  return true;
}

// Shifts of blocks of channels. That to the left is one more than the multiplier's, and the short form makes all of it.
// Tables are the portable ones.
bool highway_values_hold(const NamedParams& p, std::string_view name, std::span<const uint8_t> bytes) {
  using namespace kernels::highway;
  if (name != "channels") return portable_values_hold(p, name, bytes);
  const Elements<int32_t> words(bytes);
  for (size_t record = 0; record + kRecord <= words.size(); record += kRecord) {
    const auto row_is_within = [&](int32_t row, int32_t least, int32_t most) {
      return words.are_within(record + static_cast<size_t>(row * kBlock), kBlock, least, most);
    };
    const bool is_short = !row_is_within(kShortRow, 0, 0);
    if (!row_is_within(kLeftRow, 1, is_short ? 31 : 32) || !row_is_within(kRightRow, 0, 31)) return false;
  }
  return true;
}

}  // namespace tmc::engine
