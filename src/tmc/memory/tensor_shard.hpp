// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A part of a TensorPool, with a range of addresses and a lock of its own. Small blocks are of its slabs, others are
// runs of units. Blocks are by the cache line of the range at which they begin. Any thread may use it at any time.

#include <mutex>
#include <optional>

#include "tmc/memory/slabs.hpp"
#include "tmc/memory/spin_lock.hpp"

namespace tmc::memory {

class TensorShard {
 public:
  // How much memory without blocks it keeps, beyond the most that its blocks have had at a time.
  struct Keep {
    double share = 0;  // of that
    size_t bytes = 0;  // and at least
  };
  struct Block {
    size_t line;
    uint64_t generation;
  };
  struct Statistics {
    size_t live_bytes, peak_live_bytes, retained_bytes, used_page_bytes, longest_run_bytes;
  };

  TensorShard(size_t bytes, PageLimit& limit, Registry& registry, const Labels& labels, Keep keep, Clock clock);
  ~TensorShard();

  // Sizes of which blocks are in slabs. The caller says it of a block's size as it was asked for.
  static bool is_small(size_t bytes) { return bytes <= Slabs::kMostLines * kCacheLineBytes; }

  // The alignment is a power of two, at least a cache line and at most a page, of which `bytes` are a multiple where it
  // is more than a line.
  std::optional<Block> take(size_t bytes, size_t alignment);
  // False: no block of this generation begins there, or none at all. 0 is any.
  bool release(size_t line, bool is_small, uint64_t generation);
  // Takes no lock.
  bool is_live(size_t line, bool is_small, uint64_t generation) const {
    return generation_of(line, is_small).load(std::memory_order_acquire) == generation;
  }

  void count_refused();
  size_t give_back_idle(Time before);
  Statistics statistics() const;
  std::byte* begin() const { return runs_.begin(); }

 private:
  static constexpr size_t kUnitLines = RunHeap::kUnitBytes / kCacheLineBytes;

  std::atomic<uint64_t>& generation_of(size_t line, bool is_small) const {
    return is_small ? slabs_.generation(line) : runs_.generation(static_cast<uint32_t>(line / kUnitLines));
  }
  std::optional<size_t> take_run(size_t bytes, size_t alignment);
  void count_taken(size_t bytes);

  mutable SpinLock lock_;
  const Counting counting_;
  Cell& cell_;
  const Keep keep_;
  const Clock clock_;
  uint64_t peak_live_bytes_ = 0;
  size_t most_retained_bytes_ = 0;
  RunHeap runs_;
  Slabs slabs_;
};

}  // namespace tmc::memory
