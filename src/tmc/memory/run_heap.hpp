// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs of units of one range of addresses. The smallest that fits is taken, neighbours that are free are one run, and
// what is known of a run stands outside of it, so that its pages can go back to the system. One caller at a time, but
// for generation().
//
// Free runs are in lists by size, eight to each doubling, and a set says which lists are not empty: taking and giving
// back take a time that does not grow with how many runs there are. In the list of its own size a few runs are looked
// at for one that is long enough, as any in the lists behind is.

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>

#include "tmc/memory/bitmap.hpp"
#include "tmc/memory/resident_pages.hpp"

namespace tmc::memory {

class RunHeap {
 public:
  static constexpr size_t kUnitBytes = 1024;

  // Of whole units, as many as fit.
  RunHeap(size_t bytes, PageLimit& limit, Cell& cell);

  // Beginning at a multiple of `alignment` units. Nothing where no run is that long, or there are no pages for it.
  std::optional<uint32_t> take(size_t units, size_t alignment);
  void release(uint32_t first, Time now);
  size_t units_of(size_t first) const { return units_[first].tag >> 1; }

  // Of the block that begins at a unit; even where none does.
  std::atomic<uint64_t>& generation(uint32_t first) const { return units_[first].generation; }

  // To the system, of free runs: what is idle since `before` or longer; of the highest no more than that many bytes.
  // Returns how many bytes.
  size_t give_back_idle(Time before);
  size_t give_back_highest(size_t most_bytes);

  std::byte* begin() const { return pages_.begin(); }
  size_t retained_bytes() const { return pages_.bytes(); }
  // Of pages that some block is on; and of the longest run.
  size_t used_page_bytes() const;
  size_t longest_run_bytes() const;

 private:
  static constexpr uint32_t kNone = ~uint32_t{0};
  static constexpr size_t kLists = 8 * 30;
  static constexpr size_t kMostUnits = (size_t{1} << 31) - 1;  // as tags and lists have room for

  struct Unit {
    std::atomic<uint64_t> generation;
    // At the first and the last unit of each run: how many units it has, twice, and 1 where it is free.
    uint32_t tag;
    uint32_t next, previous;  // of the list that a free run is in, at its first unit
  };

  static size_t list_of(size_t units);
  bool is_free(size_t unit) const { return (units_[unit].tag & 1) != 0; }
  uint32_t find(size_t units) const;
  // Of the list's first few runs that have as many.
  uint32_t shortest_of(size_t list, size_t units, size_t looks = 8) const;
  void set_tags(uint32_t first, size_t units, bool is_free);
  void link(uint32_t first, size_t units);
  void unlink(uint32_t first);
  template <typename Visit>
  void for_each_free(Visit visit) const;

  const size_t count_;
  ResidentPages pages_;
  MappedArray<Unit> units_;
  std::array<uint32_t, kLists> lists_;
  Bitmap not_empty_{kLists};
};

}  // namespace tmc::memory
