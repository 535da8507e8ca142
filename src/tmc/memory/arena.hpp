// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The memory of one execution context: one contiguous block, given out from its beginning and taken back as a whole.
//
//   Arena arena(model.arena_bytes(), registry, {"arena", model.name()});
//   std::byte* block = arena.allocate(bytes);  ...  arena.reset();  once per request
//
// Blocks begin at cache lines, or where the caller asks for more. There is no memory but the block: what does not fit
// is refused. Bytes are zeros in the first request, later what was left there. One caller at a time; metrics are read
// by any. As a std::pmr::memory_resource it throws where allocate() refuses, and takes nothing back but by reset().

#include <memory_resource>
#include <span>

#include "tmc/memory/clock.hpp"
#include "tmc/memory/mapping.hpp"
#include "tmc/memory/metrics.hpp"
#include "tmc/memory/poison.hpp"

namespace tmc::memory {

class Arena final : public std::pmr::memory_resource {
 public:
  // Throws std::bad_alloc where the system has no such range. The clock says since when it is idle.
  Arena(size_t capacity_bytes, Registry& registry, const Labels& labels, Clock clock = coarse_clock);
  ~Arena() override;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Null where it does not fit. The alignment is a power of two up to a page. Of no bytes: where the next block begins.
  std::byte* allocate(size_t bytes, size_t alignment = kCacheLineBytes) {
    if (alignment < kCacheLineBytes) alignment = kCacheLineBytes;
    const size_t begin = (used_bytes_ + alignment - 1) & ~(alignment - 1);
    if (alignment > page_bytes_ || begin > capacity_bytes_ || bytes > capacity_bytes_ - begin) return refuse();
    cell_.allocated(begin + bytes - used_bytes_);
    used_bytes_ = begin + bytes;
    if (used_bytes_ > touched_bytes_) touch();
    unpoison(mapping_.begin() + begin, bytes);
    return mapping_.begin() + begin;
  }

  // Elements that nobody constructs, such as numbers. Empty where they do not fit, or there are none.
  template <typename T>
  std::span<T> allocate_array(size_t count) {
    const auto bytes = product(count, sizeof(T));
    std::byte* const memory = bytes ? allocate(*bytes, alignof(T)) : refuse();
    if (memory == nullptr) return {};
    return {reinterpret_cast<T*>(memory), count};
  }

  // Nothing is live after it.
  void reset();

  // Gives pages back to the system that no block lies in since `idle_for` or longer: all of them where nothing is live.
  // Returns how many bytes.
  size_t trim(std::chrono::nanoseconds idle_for);

  size_t capacity_bytes() const { return capacity_bytes_; }
  size_t used_bytes() const { return used_bytes_; }
  size_t high_water_bytes() const { return used_bytes_ > high_water_bytes_ ? used_bytes_ : high_water_bytes_; }

 private:
  void* do_allocate(size_t bytes, size_t alignment) override;
  void do_deallocate(void*, size_t, size_t) override {}
  bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }

  std::byte* refuse();
  void touch();

  Mapping mapping_;
  const Counting counting_;
  Cell& cell_;
  size_t capacity_bytes_, page_bytes_;
  size_t used_bytes_ = 0;
  size_t touched_bytes_ = 0;     // whole pages from the beginning that the system may hold
  size_t high_water_bytes_ = 0;  // of requests that are done
  Clock clock_;
  Time idle_since_;
};

}  // namespace tmc::memory
