// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tensors and other blocks that live longer than a request or less, in any order, from one range of addresses.
//
//   TensorPool pool(256 << 20, registry, {"tensors", model.name()});
//   if (auto tensor = pool.allocate(DType::kBF16, count)) { pool.data(*tensor) ... pool.release(*tensor); }
//
// Small blocks share slabs of one size class (size_classes.hpp), larger ones have pages of their own; a slab without
// blocks is free pages again, for any size. Every block has a generation: a handle whose block was released, or given
// out again, is seen for what it is and leads nowhere. Blocks begin at cache lines, those of more than 8 KiB at pages.
// What does not fit is refused. Of no elements: the smallest block. Any thread may use it at any time; data() takes no
// lock. As a std::pmr::memory_resource it throws where allocate() refuses, and aborts when told to free what is not
// live.

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory_resource>
#include <mutex>
#include <optional>
#include <vector>

#include "tmc/base/dtype.hpp"
#include "tmc/memory/page_runs.hpp"
#include "tmc/memory/size_classes.hpp"

namespace tmc::memory {

// Which block it was, and its elements. A value; who has a copy has the tensor until one of them releases it.
class TensorHandle {
 public:
  DType dtype() const { return dtype_; }
  size_t count() const { return count_; }
  size_t bytes() const { return count_ * dtype_bytes(dtype_); }

 private:
  friend class TensorPool;
  TensorHandle(DType dtype, size_t count, size_t line, uint64_t generation)
      : count_(count), line_(line), generation_(generation), dtype_(dtype) {}

  size_t count_, line_;
  uint64_t generation_;
  DType dtype_;
};

class TensorPool final : public std::pmr::memory_resource {
 public:
  using Clock = std::chrono::steady_clock::time_point (*)();

  // Throws std::bad_alloc where the system has no such range. The clock says since when pages are idle.
  TensorPool(size_t capacity_bytes, Registry& registry, const Labels& labels,
             Clock clock = std::chrono::steady_clock::now);
  ~TensorPool() override;
  TensorPool(const TensorPool&) = delete;
  TensorPool& operator=(const TensorPool&) = delete;

  std::optional<TensorHandle> allocate(DType dtype, size_t count);
  // Null where it was released.
  std::byte* data(const TensorHandle& tensor) const;
  // False: it was released before.
  bool release(const TensorHandle& tensor);

  // Gives pages back to the system that are free for `idle_for` or longer. Returns how many bytes.
  size_t trim(std::chrono::nanoseconds idle_for);

  struct Statistics {
    size_t capacity_bytes = 0;
    size_t page_bytes_used = 0;   // of slabs and of blocks of their own
    size_t span_bytes = 0;        // to the end of the highest of them
    size_t longest_free_run = 0;  // bytes of the largest block that there would be
    Counts counts;
  };
  Statistics statistics() const;

 private:
  static constexpr uint32_t kNone = ~uint32_t{0};

  // By the first page of a run. Of a block with pages of its own `size_class` is kNone.
  struct Run {
    uint32_t pages = 0, size_class = kNone;
    uint32_t blocks = 0, live = 0;
    uint32_t next = kNone, previous = kNone;  // slabs of the class with room
    std::array<uint64_t, kMostBlocks / 64> free = {};
  };

  void* do_allocate(size_t bytes, size_t alignment) override;
  void do_deallocate(void* memory, size_t bytes, size_t alignment) override;
  bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }

  // The line at which the block begins; nothing where it does not fit.
  std::optional<size_t> take(size_t bytes);
  std::optional<size_t> take_small(size_t bytes);
  std::optional<size_t> take_pages(size_t bytes);
  std::optional<uint32_t> make_slab(size_t size_class);
  // False: no block of this generation begins there. Any generation: 0.
  bool free_block(size_t line, uint64_t generation);
  void free_in_slab(uint32_t first, size_t offset);
  void free_run(uint32_t first);
  void link(uint32_t first);
  void unlink(uint32_t first);
  std::byte* at(size_t line) const { return runs_.begin() + line * kCacheLineBytes; }
  std::atomic<uint64_t>& generation(size_t line) const;

  mutable std::mutex mutex_;
  const Counting counting_;
  Cell& cell_;
  PageRuns runs_;
  Mapping generations_;  // of the block that begins at a line, 0 where none does; touched where blocks begin only
  std::vector<Run> run_at_;
  std::vector<uint32_t> run_of_;  // by page
  std::array<uint32_t, kClasses> with_room_;
  uint64_t last_generation_ = 0;
  Clock clock_;
};

}  // namespace tmc::memory
