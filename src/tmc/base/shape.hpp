// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Shape: the extents of a dense row-major tensor, dims stored inline (rank at most kMaxRank), no heap. A scalar has
// rank 0. Extents are positive in a verified graph; products are computed with overflow checks because shapes come from
// untrusted files.

#include <stdint.h>

namespace tmc {

class Shape {
 public:
  static constexpr int kMaxRank = 8;

  constexpr Shape() = default;
  template <typename... Dims>
  static constexpr Shape of(Dims... dims) {
    static_assert(sizeof...(Dims) <= kMaxRank);
    Shape shape;
    ((shape.dims_[shape.rank_++] = static_cast<int64_t>(dims)), ...);
    return shape;
  }
  // False, and no change, where the rank is full.
  constexpr bool push_back(int64_t dim) {
    if (rank_ == kMaxRank) return false;
    dims_[rank_++] = dim;
    return true;
  }

  constexpr int rank() const { return rank_; }
  constexpr int64_t operator[](int axis) const { return dims_[axis]; }
  constexpr int64_t& operator[](int axis) { return dims_[axis]; }
  // Counts from the end: back(0) is the last extent.
  constexpr int64_t back(int from_end = 0) const { return dims_[rank_ - 1 - from_end]; }
  constexpr const int64_t* begin() const { return dims_; }
  constexpr const int64_t* end() const { return dims_ + rank_; }

  // Product of the extents; -1 where an extent is negative or the product passes 2^40.
  constexpr int64_t elements() const { return elements(0, rank_); }
  // Product of the extents of axes [first, last).
  constexpr int64_t elements(int first, int last) const {
    int64_t product = 1;
    for (int axis = first; axis < last; ++axis) {
      if (dims_[axis] < 0 || (dims_[axis] != 0 && product > kMaxElements / dims_[axis])) return -1;
      product *= dims_[axis];
    }
    return product;
  }

  friend constexpr bool operator==(const Shape& a, const Shape& b) {
    if (a.rank_ != b.rank_) return false;
    for (int axis = 0; axis < a.rank_; ++axis) {
      if (a.dims_[axis] != b.dims_[axis]) return false;
    }
    return true;
  }
  friend constexpr bool operator!=(const Shape& a, const Shape& b) { return !(a == b); }

 private:
  static constexpr int64_t kMaxElements = int64_t{1} << 40;
  int64_t dims_[kMaxRank] = {};
  int rank_ = 0;
};

}  // namespace tmc
