// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/page_runs.hpp"

#include <algorithm>

#include "tmc/memory/poison.hpp"

namespace tmc::memory {

PageRuns::PageRuns(size_t capacity_bytes, Cell& cell)
    : mapping_(capacity_bytes),
      cell_(cell),
      used_(capacity_bytes / page_bytes()),
      touched_(used_.count()),
      free_since_(used_.count()) {
  poison(mapping_.begin(), mapping_.bytes());
}

PageRuns::~PageRuns() {
  cell_.returned(touched_.count_set(0, pages()) * page_bytes());
}

std::optional<size_t> PageRuns::take(size_t pages) {
  lowest_free_ = used_.next(lowest_free_, false);
  for (size_t first = lowest_free_; pages <= used_.count() - first;) {
    const size_t end = used_.next(first, true);
    if (end - first >= pages) {
      used_.fill(first, first + pages, true);
      cell_.retained((pages - touched_.count_set(first, first + pages)) * page_bytes());
      touched_.fill(first, first + pages, true);
      return first;
    }
    first = used_.next(end, false);
  }
  return std::nullopt;
}

void PageRuns::release(size_t first, size_t pages, Time now) {
  used_.fill(first, first + pages, false);
  std::fill_n(free_since_.begin() + static_cast<ptrdiff_t>(first), pages, now);
  lowest_free_ = std::min(lowest_free_, first);
}

size_t PageRuns::trim(Time before) {
  size_t bytes = 0;
  const auto may_go = [&](size_t page) {
    return touched_.test(page) && !used_.test(page) && free_since_[page] <= before;
  };
  for (size_t first = touched_.next(0, true); first < pages(); first = touched_.next(first, true)) {
    size_t end = first;
    while (end < pages() && may_go(end)) ++end;
    bytes += give_back(first, end);
    first = std::max(end, first + 1);
  }
  return bytes;
}

size_t PageRuns::span_pages() const {
  size_t end = 0;
  for (size_t first = used_.next(0, true); first < pages(); first = used_.next(end, true))
    end = used_.next(first, false);
  return end;
}

size_t PageRuns::longest_free_run() const {
  size_t longest = 0;
  for (size_t first = used_.next(0, false); first < pages();) {
    const size_t end = used_.next(first, true);
    longest = std::max(longest, end - first);
    first = used_.next(end, false);
  }
  return longest;
}

size_t PageRuns::give_back(size_t first, size_t end) {
  const size_t bytes = (end - first) * page_bytes();
  if (bytes == 0 || !mapping_.give_back(first * page_bytes(), bytes)) return 0;
  touched_.fill(first, end, false);
  cell_.returned(bytes);
  return bytes;
}

}  // namespace tmc::memory
