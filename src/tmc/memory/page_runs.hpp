// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs of pages of one range of addresses, the lowest that fits first; neighbours that are free are one run. Knows
// which pages the system may hold, and since when they are free. One caller at a time.

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

#include "tmc/memory/bitmap.hpp"
#include "tmc/memory/mapping.hpp"
#include "tmc/memory/metrics.hpp"

namespace tmc::memory {

class PageRuns {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Whole pages, as many as fit into the capacity. Throws std::bad_alloc where the system has no such range.
  PageRuns(size_t capacity_bytes, Cell& cell);
  ~PageRuns();

  // The first page; nothing where no run is that long.
  std::optional<size_t> take(size_t pages);
  void release(size_t first, size_t pages, Time now);
  // Gives back to the system what is free since `before` or earlier. Returns how many bytes.
  size_t trim(Time before);

  std::byte* begin() const { return mapping_.begin(); }
  size_t pages() const { return used_.count(); }
  size_t used_pages() const { return used_.count_set(0, pages()); }
  size_t span_pages() const;  // to the end of the highest that is used
  size_t longest_free_run() const;

 private:
  size_t give_back(size_t first, size_t end);

  Mapping mapping_;
  Cell& cell_;
  Bitmap used_, touched_;
  std::vector<Time> free_since_;
  size_t lowest_free_ = 0;  // no page before it is free
};

}  // namespace tmc::memory
