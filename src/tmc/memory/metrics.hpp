// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What pools and arenas have given out and hold, by the name of the pool and of the model.
//
// A cell is counted by one thread at a time (who owns the arena, or holds the pool's lock), so that counting is loads
// and stores without a lock or a locked instruction. Any thread may read at any time; what is read while others count
// is of about one moment. Cells belong to their registry, which outlives those that count: what is gone stays counted.

#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "tmc/memory/sizes.hpp"

namespace tmc::memory {

struct Labels {
  std::string pool, model;

  auto operator<=>(const Labels&) const = default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 sees a null here
};

// Bytes are of blocks, as they are rounded up.
struct Counts {
  uint64_t allocated_bytes = 0, allocations = 0, refused = 0, returned_bytes = 0;  // since the beginning
  uint64_t live_bytes = 0;                                                         // given out
  uint64_t retained_bytes = 0;  // had of the system, and perhaps in its memory

  uint64_t unused_bytes() const { return retained_bytes > live_bytes ? retained_bytes - live_bytes : 0; }
  Counts& operator+=(const Counts& other);
};

class alignas(kCacheLineBytes) Cell {
 public:
  explicit Cell(Labels labels) : labels_(std::move(labels)) {}

  void allocated(uint64_t bytes) {
    add(allocated_bytes_, bytes);
    add(allocations_, 1);
    add(live_bytes_, bytes);
  }
  void released(uint64_t bytes) { add(live_bytes_, -bytes); }
  void refused() { add(refused_, 1); }
  void retained(uint64_t bytes) { add(retained_bytes_, bytes); }
  // They were retained.
  void returned(uint64_t bytes) {
    add(retained_bytes_, -bytes);
    add(returned_bytes_, bytes);
  }

  const Labels& labels() const { return labels_; }
  uint64_t live_bytes() const { return live_bytes_.load(std::memory_order_relaxed); }
  Counts counts() const;

 private:
  friend class Registry;
  friend class Counting;
  using Number = std::atomic<uint64_t>;

  static void add(Number& to, uint64_t amount) {
    to.store(to.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
  }

  Number allocated_bytes_ = 0, allocations_ = 0, live_bytes_ = 0, retained_bytes_ = 0, returned_bytes_ = 0,
         refused_ = 0;
  std::atomic<bool> is_taken_ = true;
  Cell* next_ = nullptr;
  Labels labels_;
};

using CountsByLabels = std::map<Labels, Counts>;

class Registry {
 public:
  Registry() = default;
  ~Registry();
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  // The sums of all cells of the same labels.
  CountsByLabels read() const;
  void add_to(CountsByLabels& sums) const;

 private:
  friend class Counting;
  Cell& take(const Labels& labels);

  std::atomic<Cell*> first_ = nullptr;
};

// A cell for as long as one counts, who has nothing live and nothing retained when it ends. It counts on from where the
// last one with these labels left off.
class Counting {
 public:
  Counting(Registry& registry, const Labels& labels) : cell_(registry.take(labels)) {}
  ~Counting() { cell_.is_taken_.store(false, std::memory_order_release); }
  Counting(const Counting&) = delete;
  Counting& operator=(const Counting&) = delete;

  Cell& cell() const { return cell_; }

 private:
  Cell& cell_;
};

}  // namespace tmc::memory
