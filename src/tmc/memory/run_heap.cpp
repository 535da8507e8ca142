// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/run_heap.hpp"

#include <algorithm>
#include <bit>

#include "tmc/memory/poison.hpp"

namespace tmc::memory {

RunHeap::RunHeap(size_t bytes, PageLimit& limit, Cell& cell)
    : count_(std::min(bytes / kUnitBytes, kMostUnits)), pages_(bytes, limit, cell), units_(count_ + 1) {
  lists_.fill(kNone);
  if (count_ > 0) link(0, count_);
}

std::optional<uint32_t> RunHeap::take(size_t units, size_t alignment) {
  const uint32_t found = find(units + alignment - 1);
  if (found == kNone) return std::nullopt;
  const auto first = static_cast<uint32_t>((found + alignment - 1) / alignment * alignment);
  if (!pages_.hold(first * kUnitBytes, (first + units) * kUnitBytes)) return std::nullopt;
  const size_t end = found + units_of(found);
  unlink(found);
  if (first > found) link(found, first - found);
  if (first + units < end) link(static_cast<uint32_t>(first + units), end - first - units);
  set_tags(first, units, false);
  return first;
}

void RunHeap::release(uint32_t first, Time now) {
  size_t units = units_of(first);
  poison(begin() + first * kUnitBytes, units * kUnitBytes);
  pages_.set_idle(first * kUnitBytes, (first + units) * kUnitBytes, now);
  const auto behind = static_cast<uint32_t>(first + units);
  if (behind < count_ && is_free(behind)) {
    units += units_of(behind);
    unlink(behind);
  }
  if (first > 0 && is_free(first - 1)) {
    const auto before = static_cast<uint32_t>(units_of(first - 1));
    first -= before;
    units += before;
    unlink(first);
  }
  link(first, units);
}

size_t RunHeap::give_back_idle(Time before) {
  size_t bytes = 0;
  for_each_free([&](size_t begin, size_t end) { bytes += pages_.give_back_idle(begin, end, before); });
  return bytes;
}

size_t RunHeap::give_back_highest(size_t most_bytes) {
  size_t bytes = 0;
  for (size_t end = count_; end > 0 && bytes + page_bytes() <= most_bytes;) {
    const size_t first = end - units_of(end - 1);
    if (is_free(end - 1)) {
      bytes += pages_.give_back_highest(first * kUnitBytes, end * kUnitBytes, (most_bytes - bytes) / page_bytes());
    }
    end = first;
  }
  return bytes;
}

size_t RunHeap::used_page_bytes() const {
  size_t bytes = count_ * kUnitBytes;
  for_each_free([&](size_t begin, size_t end) {
    const size_t first = (begin + page_bytes() - 1) / page_bytes();
    bytes -= (std::max(first, end / page_bytes()) - first) * page_bytes();
  });
  return bytes;
}

size_t RunHeap::longest_run_bytes() const {
  size_t longest = 0;
  for_each_free([&](size_t begin, size_t end) { longest = std::max(longest, end - begin); });
  return longest;
}

size_t RunHeap::list_of(size_t units) {
  if (units < 8) return units;
  const auto doublings = static_cast<size_t>(std::bit_width(units)) - 3;  // units lie in [4, 8) times 2^doublings
  return 8 * doublings + (units >> (doublings - 1)) - 8;
}

uint32_t RunHeap::find(size_t units) const {
  if (units > count_) return kNone;
  const size_t own = list_of(units);
  const uint32_t found = shortest_of(own, units);
  if (found != kNone) return found;
  const size_t list = not_empty_.next(own + 1, true);
  return list == kLists ? shortest_of(own, units, count_) : shortest_of(list, units);
}

uint32_t RunHeap::shortest_of(size_t list, size_t units, size_t looks) const {
  uint32_t best = kNone;
  for (uint32_t run = lists_[list]; run != kNone && looks > 0; run = units_[run].next, --looks) {
    if (units_of(run) == units) return run;
    if (units_of(run) > units && (best == kNone || units_of(run) < units_of(best))) best = run;
  }
  return best;
}

void RunHeap::set_tags(uint32_t first, size_t units, bool is_free) {
  const auto tag = static_cast<uint32_t>(units * 2 + (is_free ? 1 : 0));
  units_[first].tag = tag;
  units_[first + units - 1].tag = tag;
}

void RunHeap::link(uint32_t first, size_t units) {
  set_tags(first, units, true);
  const size_t list = list_of(units);
  uint32_t& head = lists_[list];
  units_[first].next = head;
  units_[first].previous = kNone;
  if (head != kNone) units_[head].previous = first;
  if (head == kNone) not_empty_.fill(list, list + 1, true);
  head = first;
}

void RunHeap::unlink(uint32_t first) {
  const Unit& unit = units_[first];
  if (unit.next != kNone) units_[unit.next].previous = unit.previous;
  if (unit.previous != kNone) {
    units_[unit.previous].next = unit.next;
    return;
  }
  const size_t list = list_of(units_of(first));
  lists_[list] = unit.next;
  if (unit.next == kNone) not_empty_.fill(list, list + 1, false);
}

template <typename Visit>
void RunHeap::for_each_free(Visit visit) const {
  for (size_t first = 0; first < count_; first += units_of(first)) {
    const size_t end = first + units_of(first);
    if (is_free(first)) visit(first * kUnitBytes, end * kUnitBytes);
  }
}

}  // namespace tmc::memory
