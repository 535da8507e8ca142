// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Bits by number, such as one for each page, in words of 64. Ranges are [from, to).

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tmc::memory {

class Bitmap {
 public:
  explicit Bitmap(size_t count) : count_(count), words_((count + 63) / 64) {}

  size_t count() const { return count_; }
  bool test(size_t bit) const { return (words_[bit / 64] >> bit % 64 & 1) != 0; }

  // The first at `from` or behind it that is `value`; count() where there is none.
  size_t next(size_t from, bool value) const {
    while (from < count_) {
      const uint64_t word = (value ? words_[from / 64] : ~words_[from / 64]) >> from % 64;
      if (word != 0) {
        from += static_cast<size_t>(std::countr_zero(word));
        return from < count_ ? from : count_;
      }
      from = (from / 64 + 1) * 64;
    }
    return count_;
  }

  void fill(size_t from, size_t to, bool value) {
    for_each_word(from, to, [&](size_t word, uint64_t mask) {
      words_[word] = value ? words_[word] | mask : words_[word] & ~mask;
    });
  }

  size_t count_set(size_t from, size_t to) const {
    size_t sum = 0;
    for_each_word(from, to,
                  [&](size_t word, uint64_t mask) { sum += static_cast<size_t>(std::popcount(words_[word] & mask)); });
    return sum;
  }

 private:
  template <typename Visit>
  static void for_each_word(size_t from, size_t to, Visit visit) {
    while (from < to) {
      const size_t end = (from / 64 + 1) * 64 < to ? (from / 64 + 1) * 64 : to;
      const uint64_t ones = end - from == 64 ? ~uint64_t{0} : (uint64_t{1} << (end - from)) - 1;
      visit(from / 64, ones << from % 64);
      from = end;
    }
  }

  size_t count_;
  std::vector<uint64_t> words_;
};

}  // namespace tmc::memory
