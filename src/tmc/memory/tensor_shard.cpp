// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/tensor_shard.hpp"

#include <algorithm>

#include "tmc/memory/poison.hpp"

namespace tmc::memory {

TensorShard::TensorShard(size_t bytes, PageLimit& limit, Registry& registry, const Labels& labels, Keep keep,
                         Clock clock)
    : counting_(registry, labels),
      cell_(counting_.cell()),
      keep_(keep),
      clock_(clock),
      runs_(bytes, limit, cell_),
      slabs_(runs_, bytes) {}

TensorShard::~TensorShard() {
  cell_.released(cell_.live_bytes());
}

// Generations are odd where a block is live, and count on at each place for ever.
std::optional<TensorShard::Block> TensorShard::take(size_t bytes, size_t alignment) {
  const std::lock_guard lock(lock_);
  const size_t lines = std::max<size_t>((bytes + kCacheLineBytes - 1) / kCacheLineBytes, 1);
  const auto line = is_small(bytes) ? slabs_.take(lines) : take_run(bytes, alignment);
  if (!line) return std::nullopt;
  count_taken(is_small(bytes) ? lines * kCacheLineBytes : runs_.units_of(*line / kUnitLines) * RunHeap::kUnitBytes);
  auto& generation = generation_of(*line, is_small(bytes));
  const uint64_t next = generation.load(std::memory_order_relaxed) + 1;
  generation.store(next, std::memory_order_release);
  unpoison(begin() + *line * kCacheLineBytes, bytes);
  return Block{*line, next};
}

std::optional<size_t> TensorShard::take_run(size_t bytes, size_t alignment) {
  const size_t units = (bytes + RunHeap::kUnitBytes - 1) / RunHeap::kUnitBytes;
  const auto first = runs_.take(units, std::max<size_t>(alignment / RunHeap::kUnitBytes, 1));
  if (!first) return std::nullopt;
  return *first * kUnitLines;
}

void TensorShard::count_taken(size_t bytes) {
  cell_.allocated(bytes);
  if (cell_.live_bytes() > peak_live_bytes_) {
    peak_live_bytes_ = cell_.live_bytes();
    const auto share = static_cast<size_t>(static_cast<double>(peak_live_bytes_) * keep_.share);
    most_retained_bytes_ = peak_live_bytes_ + std::max(share, keep_.bytes);
  }
  const size_t retained = runs_.retained_bytes();
  if (retained > most_retained_bytes_) runs_.give_back_highest(retained - most_retained_bytes_ + page_bytes() - 1);
}

bool TensorShard::release(size_t line, bool is_small, uint64_t wanted) {
  const std::lock_guard lock(lock_);
  if (!is_small && line % kUnitLines != 0) return false;
  auto& generation = generation_of(line, is_small);
  const uint64_t found = generation.load(std::memory_order_relaxed);
  if (found % 2 == 0 || (wanted != 0 && found != wanted)) return false;
  generation.store(found + 1, std::memory_order_release);
  if (is_small) {
    cell_.released(slabs_.lines_of(line) * kCacheLineBytes);
    slabs_.release(line, clock_());
  } else {
    const auto first = static_cast<uint32_t>(line / kUnitLines);
    cell_.released(runs_.units_of(first) * RunHeap::kUnitBytes);
    runs_.release(first, clock_());
  }
  return true;
}

void TensorShard::count_refused() {
  const std::lock_guard lock(lock_);
  cell_.refused();
}

size_t TensorShard::give_back_idle(Time before) {
  const std::lock_guard lock(lock_);
  return runs_.give_back_idle(before);
}

TensorShard::Statistics TensorShard::statistics() const {
  const std::lock_guard lock(lock_);
  return {cell_.live_bytes(), peak_live_bytes_, runs_.retained_bytes(), runs_.used_page_bytes(),
          runs_.longest_run_bytes()};
}

}  // namespace tmc::memory
