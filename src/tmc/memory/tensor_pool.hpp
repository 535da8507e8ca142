// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tensors and other blocks that live longer than a request or less, in any order.
//
//   TensorPool pool(256 << 20, registry, {"tensors", model.name()});
//   if (auto tensor = pool.allocate(DType::kBF16, count)) { pool.data(*tensor) ... pool.release(*tensor); }
//
// Blocks to 256 bytes share slabs (slabs.hpp), larger ones are runs of 1 KiB (run_heap.hpp). Every block has a
// generation: a handle whose block was released, or given out again, is seen for what it is and leads nowhere. Blocks
// begin at cache lines. Of no elements: the smallest block. Any thread may use it at any time; data() takes no lock. As
// a std::pmr::memory_resource it throws where allocate() refuses, and aborts when told to free what is not live.
//
// The capacity is of memory, not of addresses, of which there are several times as many: a block is refused only where
// so many pages are not free, wherever those are that are. Free pages are given back to the system and had again
// elsewhere where a block needs them, or where more would be kept than most_kept_share says.

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>

#include "tmc/base/dtype.hpp"
#include "tmc/memory/tensor_shard.hpp"

namespace tmc::memory {

// Which block it was, and its elements. A value; who has a copy has the tensor until one of them releases it.
class TensorHandle {
 public:
  DType dtype() const { return dtype_; }
  size_t count() const { return count_; }
  size_t bytes() const { return count_ * dtype_bytes(dtype_); }

 private:
  friend class TensorPool;
  TensorHandle(DType dtype, size_t count, uint32_t shard, TensorShard::Block block)
      : count_(count), block_(block), shard_(shard), dtype_(dtype) {}

  size_t count_;
  TensorShard::Block block_;
  uint32_t shard_;
  DType dtype_;
};

class TensorPool final : public std::pmr::memory_resource {
 public:
  struct Options {
    // Free memory that is kept, beyond the most that was live at a time, in each shard. Less means less memory, and
    // more page faults.
    double most_kept_share = 0.02;
    Clock clock = coarse_clock;  // says since when pages are idle
  };

  // Throws std::bad_alloc where the system has no such ranges.
  TensorPool(size_t capacity_bytes, Registry& registry, const Labels& labels, const Options& options);
  TensorPool(size_t capacity_bytes, Registry& registry, const Labels& labels)
      : TensorPool(capacity_bytes, registry, labels, Options()) {}

  std::optional<TensorHandle> allocate(DType dtype, size_t count);
  // Null where it was released.
  std::byte* data(const TensorHandle& tensor) const;
  // False: it was released before.
  bool release(const TensorHandle& tensor);

  // Gives pages back to the system that are free for `idle_for` or longer. Returns how many bytes.
  size_t trim(std::chrono::nanoseconds idle_for);

  struct Statistics {
    size_t capacity_bytes = 0;
    size_t live_bytes = 0;
    size_t peak_live_bytes = 0;      // the most of each shard, in sum
    size_t retained_bytes = 0;       // had of the system and not given back
    size_t used_page_bytes = 0;      // of pages that a block is on
    size_t largest_block_bytes = 0;  // of the block that there would be
  };
  // Of about one moment, where others allocate meanwhile.
  Statistics statistics() const;

 private:
  // Threads take from their own first, and find it locked seldom if there are no more of them.
  static constexpr size_t kShards = 8;

  struct Place {
    uint32_t shard;
    TensorShard::Block block;
  };

  void* do_allocate(size_t bytes, size_t alignment) override;
  void do_deallocate(void* memory, size_t bytes, size_t alignment) override;
  bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }

  std::optional<Place> take(size_t bytes, size_t alignment);
  std::optional<Place> take_from_any(size_t own, size_t bytes, size_t alignment);
  std::byte* at(const Place& place) const { return shards_[place.shard]->begin() + place.block.line * kCacheLineBytes; }

  PageLimit limit_;
  const Clock clock_;
  std::array<std::unique_ptr<TensorShard>, kShards> shards_;
};

}  // namespace tmc::memory
