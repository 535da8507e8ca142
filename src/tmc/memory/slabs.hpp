// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Blocks of a few cache lines, in slabs of 4 KiB that hold blocks of one size each. A slab without blocks is a free run
// again, for any size; generations stay with the place, so that a handle to a block of a slab that was recycled is seen
// for what it is. One caller at a time, but for generation().

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>

#include "tmc/memory/run_heap.hpp"

namespace tmc::memory {

class Slabs {
 public:
  static constexpr size_t kMostLines = 4;  // of a block; what is larger takes units of its own

  explicit Slabs(RunHeap& runs, size_t bytes) : runs_(runs), slabs_(bytes / kSlabBytes + 1) { with_room_.fill(kNone); }

  // The line at which the block begins. Nothing where there is no run for a slab.
  std::optional<size_t> take(size_t lines);
  void release(size_t line, Time now);
  // How many lines the block has, which is live.
  size_t lines_of(size_t line) const { return slabs_[line / kSlabLines].block_lines; }

  std::atomic<uint64_t>& generation(size_t line) const {
    return slabs_[line / kSlabLines].generations[line % kSlabLines];
  }

 private:
  static constexpr size_t kSlabBytes = 4096;
  static constexpr size_t kSlabLines = kSlabBytes / kCacheLineBytes;
  static constexpr size_t kSlabUnits = kSlabBytes / RunHeap::kUnitBytes;
  static constexpr uint32_t kNone = ~uint32_t{0};

  struct Slab {
    std::array<std::atomic<uint64_t>, kSlabLines> generations;  // of blocks, by their first line
    uint64_t free;                                              // a bit for each block
    uint32_t block_lines;
    uint32_t next, previous;  // slabs of the size with room
  };

  static uint64_t all_free(size_t block_lines);
  std::optional<uint32_t> make(size_t block_lines);
  void link(uint32_t slab);
  void unlink(uint32_t slab);

  RunHeap& runs_;
  MappedArray<Slab> slabs_;  // by place
  std::array<uint32_t, kMostLines + 1> with_room_;
};

}  // namespace tmc::memory
