// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Histogram: the distribution of a tensor's elements in bounded memory, whatever their number and range.
//
// Bins are of equal width, a power of two, and symmetric around zero, which is an edge. A value beyond them doubles the
// width as often as it takes: two neighbours become one bin, so no count is lost and the result does not depend on how
// the values were cut into calls, but for the width that the largest of them asks for. Extremes and sums are exact (in
// double). A histogram of zeros alone has a width of 1. Values are finite.

#include <array>
#include <cstdint>
#include <span>

namespace tmc::quant {

class Histogram {
 public:
  static constexpr int kBins = 8192;
  static constexpr int kBinsEachSide = kBins / 2;  // of zero

  void add(std::span<const float> values);

  int64_t count() const { return count_; }
  // Of the values; 0 where there are none.
  double min() const { return min_; }
  double max() const { return max_; }
  double sum_of_squares() const { return sum_of_squares_; }

  double bin_width() const { return width_; }
  std::span<const uint64_t> bins() const { return bins_; }
  double low_edge(int bin) const { return (bin - kBinsEachSide) * width_; }
  double centre(int bin) const { return low_edge(bin) + width_ / 2; }
  // The bin that holds the value; those at the ends hold everything beyond.
  int bin_of(double value) const;

 private:
  void reach(double magnitude);
  void halve();

  std::array<uint64_t, kBins> bins_{};
  double width_ = 1;
  bool has_width_ = false;  // false: only zeros were seen
  int64_t count_ = 0;
  double min_ = 0, max_ = 0, sum_of_squares_ = 0;
};

}  // namespace tmc::quant
