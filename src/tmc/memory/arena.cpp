// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/arena.hpp"

#include <algorithm>
#include <new>

namespace tmc::memory {

Arena::Arena(size_t capacity_bytes, Registry& registry, const Labels& labels, Clock clock)
    : mapping_(capacity_bytes),
      counting_(registry, labels),
      cell_(counting_.cell()),
      capacity_bytes_(capacity_bytes),
      page_bytes_(page_bytes()),
      clock_(clock),
      idle_since_(clock()) {
  poison(mapping_.begin(), mapping_.bytes());
}

Arena::~Arena() {
  cell_.released(used_bytes_);
  cell_.returned(touched_bytes_);
}

void Arena::reset() {
  poison(mapping_.begin(), used_bytes_);
  high_water_bytes_ = high_water_bytes();
  cell_.released(used_bytes_);
  used_bytes_ = 0;
  idle_since_ = clock_();
}

size_t Arena::trim(std::chrono::nanoseconds idle_for) {
  if (clock_() - idle_since_ < idle_for) return 0;
  const size_t kept = (used_bytes_ + page_bytes_ - 1) & ~(page_bytes_ - 1);
  const size_t bytes = touched_bytes_ - kept;
  if (!mapping_.give_back(kept, bytes)) return 0;
  touched_bytes_ = kept;
  cell_.returned(bytes);
  return bytes;
}

void* Arena::do_allocate(size_t bytes, size_t alignment) {
  std::byte* const memory = allocate(bytes, alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

std::byte* Arena::refuse() {
  cell_.refused();
  return nullptr;
}

void Arena::touch() {
  const size_t touched = (used_bytes_ + page_bytes_ - 1) & ~(page_bytes_ - 1);
  cell_.retained(touched - touched_bytes_);
  touched_bytes_ = touched;
}

}  // namespace tmc::memory
