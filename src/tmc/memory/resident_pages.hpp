// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which pages of a range the system may hold, since when they are free, and how many several ranges may have together.

#include <atomic>
#include <cstddef>

#include "tmc/memory/bitmap.hpp"
#include "tmc/memory/clock.hpp"
#include "tmc/memory/mapping.hpp"
#include "tmc/memory/metrics.hpp"

namespace tmc::memory {

// Any thread may use it at any time.
class PageLimit {
 public:
  explicit PageLimit(size_t pages) : pages_(pages) {}

  size_t pages() const { return pages_; }
  // False: there are no more, and none is taken.
  bool take(size_t pages) {
    if (taken_.fetch_add(pages, std::memory_order_relaxed) + pages <= pages_) return true;
    give(pages);
    return false;
  }
  void give(size_t pages) { taken_.fetch_sub(pages, std::memory_order_relaxed); }

 private:
  const size_t pages_;
  std::atomic<size_t> taken_ = 0;
};

// One caller at a time. Ranges of bytes are by their offset.
class ResidentPages {
 public:
  ResidentPages(size_t bytes, PageLimit& limit, Cell& cell);
  ~ResidentPages();

  std::byte* begin() const { return mapping_.begin(); }
  size_t bytes() const { return held_pages_ * page_bytes(); }

  // Blocks may be there now. False: there are no pages for it.
  bool hold(size_t begin, size_t end);
  // No block is there any more.
  void set_idle(size_t begin, size_t end, Time now);
  // Gives pages back that lie wholly in the range: those that are idle since `before` or longer. Returns how many
  // bytes.
  size_t give_back_idle(size_t begin, size_t end, Time before);
  // The highest ones, no more than that many.
  size_t give_back_highest(size_t begin, size_t end, size_t most_pages);

 private:
  struct Range {
    size_t first, end;
  };
  static Range within(size_t begin, size_t end);
  static Range around(size_t begin, size_t end);
  size_t give_back(Range pages);

  Mapping mapping_;
  PageLimit& limit_;
  Cell& cell_;
  Bitmap held_;
  size_t held_pages_ = 0;
  MappedArray<Time> idle_since_;
};

}  // namespace tmc::memory
