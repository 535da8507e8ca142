// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/tensor_pool.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

namespace tmc::memory {
namespace {

// What a few small blocks need: a slab of each size, and pages that are used in part.
constexpr size_t kLeastKeptBytes = 32 << 10;

// Threads have numbers one behind the other, so that they spread over the shards.
size_t thread_number() {
  static std::atomic<size_t> next = 0;
  thread_local const size_t number = next.fetch_add(1, std::memory_order_relaxed);
  return number;
}

// What a container's block is rounded to, so that it is found again by the same numbers. Nothing where it does not fit.
std::optional<size_t> rounded(size_t bytes, size_t alignment) {
  return alignment <= page_bytes() ? round_up(std::max<size_t>(bytes, 1), alignment) : std::nullopt;
}

}  // namespace

TensorPool::TensorPool(size_t capacity_bytes, Registry& registry, const Labels& labels, const Options& options)
    : limit_(capacity_bytes / page_bytes()), clock_(options.clock) {
  const TensorShard::Keep keep = {options.most_kept_share, kLeastKeptBytes};
  for (auto& shard : shards_) {
    shard = std::make_unique<TensorShard>(limit_.pages() * page_bytes(), limit_, registry, labels, keep, clock_);
  }
}

std::optional<TensorHandle> TensorPool::allocate(DType dtype, size_t count) {
  const auto bytes = product(count, dtype_bytes(dtype));
  const auto place = take(bytes.value_or(SIZE_MAX), kCacheLineBytes);
  if (!place) return std::nullopt;
  return TensorHandle(dtype, count, place->shard, place->block);
}

std::byte* TensorPool::data(const TensorHandle& tensor) const {
  const TensorShard& shard = *shards_[tensor.shard_];
  const TensorShard::Block& block = tensor.block_;
  const bool is_live = shard.is_live(block.line, TensorShard::is_small(tensor.bytes()), block.generation);
  return is_live ? at({tensor.shard_, block}) : nullptr;
}

bool TensorPool::release(const TensorHandle& tensor) {
  const TensorShard::Block& block = tensor.block_;
  return shards_[tensor.shard_]->release(block.line, TensorShard::is_small(tensor.bytes()), block.generation);
}

size_t TensorPool::trim(std::chrono::nanoseconds idle_for) {
  const Time before = clock_() - idle_for;
  size_t bytes = 0;
  for (const auto& shard : shards_) bytes += shard->give_back_idle(before);
  return bytes;
}

TensorPool::Statistics TensorPool::statistics() const {
  Statistics sum = {.capacity_bytes = limit_.pages() * page_bytes()};
  size_t longest_run_bytes = 0;
  for (const auto& shard : shards_) {
    const TensorShard::Statistics of = shard->statistics();
    sum.live_bytes += of.live_bytes;
    sum.peak_live_bytes += of.peak_live_bytes;
    sum.retained_bytes += of.retained_bytes;
    sum.used_page_bytes += of.used_page_bytes;
    longest_run_bytes = std::max(longest_run_bytes, of.longest_run_bytes);
  }
  sum.largest_block_bytes = std::min(longest_run_bytes, sum.capacity_bytes - sum.used_page_bytes);
  return sum;
}

void* TensorPool::do_allocate(size_t bytes, size_t alignment) {
  const auto place = take(rounded(bytes, alignment).value_or(SIZE_MAX), alignment);
  if (!place) throw std::bad_alloc();
  return at(*place);
}

void TensorPool::do_deallocate(void* memory, size_t bytes, size_t alignment) {
  const auto asked = rounded(bytes, alignment);
  for (const auto& shard : shards_) {
    const size_t offset = reinterpret_cast<uintptr_t>(memory) - reinterpret_cast<uintptr_t>(shard->begin());
    if (!asked || offset >= limit_.pages() * page_bytes() || offset % kCacheLineBytes != 0) continue;
    if (shard->release(offset / kCacheLineBytes, TensorShard::is_small(*asked), 0)) return;
  }
  std::abort();
}

std::optional<TensorPool::Place> TensorPool::take(size_t bytes, size_t alignment) {
  const auto own = static_cast<uint32_t>(thread_number() % kShards);
  const bool fits = bytes <= limit_.pages() * page_bytes();
  if (fits) {
    if (const auto block = shards_[own]->take(bytes, alignment)) return Place{own, *block};
    if (const auto place = take_from_any(own, bytes, alignment)) return place;
  }
  shards_[own]->count_refused();
  return std::nullopt;
}

// When pages that are free elsewhere are what is missing, or addresses of this shard.
std::optional<TensorPool::Place> TensorPool::take_from_any(size_t own, size_t bytes, size_t alignment) {
  trim({});
  for (size_t i = 0; i < kShards; ++i) {
    const auto shard = static_cast<uint32_t>((own + i) % kShards);
    if (const auto block = shards_[shard]->take(bytes, alignment)) return Place{shard, *block};
  }
  return std::nullopt;
}

}  // namespace tmc::memory
