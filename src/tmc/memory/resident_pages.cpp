// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/resident_pages.hpp"

#include <algorithm>

#include "tmc/memory/poison.hpp"

namespace tmc::memory {

ResidentPages::ResidentPages(size_t bytes, PageLimit& limit, Cell& cell)
    : mapping_(bytes),
      limit_(limit),
      cell_(cell),
      held_(mapping_.bytes() / page_bytes()),
      idle_since_(mapping_.bytes() / page_bytes()) {
  poison(mapping_.begin(), mapping_.bytes());
}

ResidentPages::~ResidentPages() {
  cell_.returned(bytes());
}

bool ResidentPages::hold(size_t begin, size_t end) {
  const auto [first, last] = around(begin, end);
  const size_t missing = last - first - held_.count_set(first, last);
  if (missing == 0) return true;
  if (!limit_.take(missing)) return false;
  held_.fill(first, last, true);
  held_pages_ += missing;
  cell_.retained(missing * page_bytes());
  return true;
}

void ResidentPages::set_idle(size_t begin, size_t end, Time now) {
  const auto [first, last] = around(begin, end);
  std::fill(&idle_since_[first], &idle_since_[last], now);
}

size_t ResidentPages::give_back_idle(size_t begin, size_t end, Time before) {
  const auto [first, last] = within(begin, end);
  size_t bytes = 0;
  const auto may_go = [&](size_t page) { return held_.test(page) && idle_since_[page] <= before; };
  for (size_t page = first; page < last; ++page) {
    const size_t from = page;
    while (page < last && may_go(page)) ++page;
    bytes += give_back({from, page});
  }
  return bytes;
}

size_t ResidentPages::give_back_highest(size_t begin, size_t end, size_t most_pages) {
  const auto [first, last] = within(begin, end);
  size_t bytes = 0;
  for (size_t page = last; page > first && most_pages > 0;) {
    const size_t to = page;
    while (page > first && held_.test(page - 1) && to - page < most_pages) --page;
    most_pages -= to - page;
    bytes += give_back({page, to});
    if (page == to) --page;
  }
  return bytes;
}

ResidentPages::Range ResidentPages::within(size_t begin, size_t end) {
  const size_t first = (begin + page_bytes() - 1) / page_bytes();
  return {first, std::max(first, end / page_bytes())};
}

ResidentPages::Range ResidentPages::around(size_t begin, size_t end) {
  return {begin / page_bytes(), (end + page_bytes() - 1) / page_bytes()};
}

size_t ResidentPages::give_back(Range pages) {
  const size_t count = pages.end - pages.first, bytes = count * page_bytes();
  if (count == 0 || !mapping_.give_back(pages.first * page_bytes(), bytes)) return 0;
  held_.fill(pages.first, pages.end, false);
  held_pages_ -= count;
  limit_.give(count);
  cell_.returned(bytes);
  return bytes;
}

}  // namespace tmc::memory
