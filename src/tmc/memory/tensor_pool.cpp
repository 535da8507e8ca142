// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/tensor_pool.hpp"

#include <bit>
#include <cstdlib>
#include <new>

#include "tmc/memory/poison.hpp"

namespace tmc::memory {

TensorPool::TensorPool(size_t capacity_bytes, Registry& registry, const Labels& labels, Clock clock)
    : counting_(registry, labels),
      cell_(counting_.cell()),
      runs_(capacity_bytes, cell_),
      generations_(capacity_bytes / kCacheLineBytes * sizeof(uint64_t)),
      run_at_(runs_.pages()),
      run_of_(runs_.pages()),
      clock_(clock) {
  with_room_.fill(kNone);
}

TensorPool::~TensorPool() {
  cell_.released(cell_.counts().live_bytes);
}

std::optional<TensorHandle> TensorPool::allocate(DType dtype, size_t count) {
  const std::lock_guard lock(mutex_);
  const auto bytes = product(count, dtype_bytes(dtype));
  const auto line = bytes ? take(*bytes) : std::nullopt;
  if (!line) {
    cell_.refused();
    return std::nullopt;
  }
  return TensorHandle(dtype, count, *line, last_generation_);
}

std::byte* TensorPool::data(const TensorHandle& tensor) const {
  const bool is_live = generation(tensor.line_).load(std::memory_order_acquire) == tensor.generation_;
  return is_live ? at(tensor.line_) : nullptr;
}

bool TensorPool::release(const TensorHandle& tensor) {
  const std::lock_guard lock(mutex_);
  return free_block(tensor.line_, tensor.generation_);
}

size_t TensorPool::trim(std::chrono::nanoseconds idle_for) {
  const std::lock_guard lock(mutex_);
  return runs_.trim(clock_() - idle_for);
}

TensorPool::Statistics TensorPool::statistics() const {
  const std::lock_guard lock(mutex_);
  return {runs_.pages() * page_bytes(), runs_.used_pages() * page_bytes(), runs_.span_pages() * page_bytes(),
          runs_.longest_free_run() * page_bytes(), cell_.counts()};
}

void* TensorPool::do_allocate(size_t bytes, size_t alignment) {
  const std::lock_guard lock(mutex_);
  // Sizes of classes that are multiples of the alignment begin at its multiples, as slabs begin at pages.
  const auto rounded = round_up(bytes == 0 ? 1 : bytes, alignment);
  const auto line = rounded && alignment <= page_bytes() ? take(*rounded) : std::nullopt;
  if (!line) {
    cell_.refused();
    throw std::bad_alloc();
  }
  return at(*line);
}

void TensorPool::do_deallocate(void* memory, size_t, size_t) {
  const std::lock_guard lock(mutex_);
  const auto offset = reinterpret_cast<uintptr_t>(memory) - reinterpret_cast<uintptr_t>(runs_.begin());
  const bool is_ours = offset < runs_.pages() * page_bytes() && offset % kCacheLineBytes == 0;
  if (!is_ours || !free_block(offset / kCacheLineBytes, 0)) std::abort();
}

std::optional<size_t> TensorPool::take(size_t bytes) {
  const auto line = bytes <= kLargestClassBytes ? take_small(bytes) : take_pages(bytes);
  if (!line) return std::nullopt;
  generation(*line).store(++last_generation_, std::memory_order_release);
  unpoison(at(*line), bytes);
  return line;
}

std::optional<size_t> TensorPool::take_small(size_t bytes) {
  const size_t size_class = class_of(bytes);
  uint32_t first = with_room_[size_class];
  if (first == kNone) {
    const auto made = make_slab(size_class);
    if (!made) return std::nullopt;
    first = *made;
  }
  Run& slab = run_at_[first];
  size_t word = 0;
  while (slab.free[word] == 0) ++word;
  const size_t block = word * 64 + static_cast<size_t>(std::countr_zero(slab.free[word]));
  slab.free[word] &= slab.free[word] - 1;
  if (++slab.live == slab.blocks) unlink(first);
  cell_.allocated(class_bytes(size_class));
  return (first * page_bytes() + block * class_bytes(size_class)) / kCacheLineBytes;
}

std::optional<size_t> TensorPool::take_pages(size_t bytes) {
  const auto rounded = round_up(bytes, page_bytes());
  const auto first = rounded ? runs_.take(*rounded / page_bytes()) : std::nullopt;
  if (!first) return std::nullopt;
  run_at_[*first] = {.pages = static_cast<uint32_t>(*rounded / page_bytes())};
  run_of_[*first] = static_cast<uint32_t>(*first);
  cell_.allocated(*rounded);
  return *first * page_bytes() / kCacheLineBytes;
}

std::optional<uint32_t> TensorPool::make_slab(size_t size_class) {
  const size_t pages = (slab_bytes(size_class) + page_bytes() - 1) / page_bytes();
  const auto taken = runs_.take(pages);
  if (!taken) return std::nullopt;
  const auto first = static_cast<uint32_t>(*taken);
  Run& slab = run_at_[first];
  slab = {.pages = static_cast<uint32_t>(pages), .size_class = static_cast<uint32_t>(size_class)};
  slab.blocks = static_cast<uint32_t>(slab_bytes(size_class) / class_bytes(size_class));
  for (uint32_t block = 0; block < slab.blocks; ++block) slab.free[block / 64] |= uint64_t{1} << block % 64;
  for (size_t page = 0; page < pages; ++page) run_of_[first + page] = first;
  link(first);
  return first;
}

bool TensorPool::free_block(size_t line, uint64_t wanted) {
  std::atomic<uint64_t>& current = generation(line);
  const uint64_t found = current.load(std::memory_order_relaxed);
  if (found == 0 || (wanted != 0 && found != wanted)) return false;
  current.store(0, std::memory_order_release);
  const size_t offset = line * kCacheLineBytes;
  const uint32_t first = run_of_[offset / page_bytes()];
  if (run_at_[first].size_class == kNone) {
    cell_.released(run_at_[first].pages * page_bytes());
    free_run(first);
  } else {
    free_in_slab(first, offset - first * page_bytes());
  }
  return true;
}

void TensorPool::free_in_slab(uint32_t first, size_t offset) {
  Run& slab = run_at_[first];
  const size_t bytes = class_bytes(slab.size_class);
  const size_t block = offset / bytes;
  slab.free[block / 64] |= uint64_t{1} << block % 64;
  poison(runs_.begin() + first * page_bytes() + offset, bytes);
  cell_.released(bytes);
  if (slab.live-- == slab.blocks) link(first);
  if (slab.live != 0) return;
  unlink(first);
  free_run(first);
}

void TensorPool::free_run(uint32_t first) {
  poison(runs_.begin() + first * page_bytes(), run_at_[first].pages * page_bytes());
  runs_.release(first, run_at_[first].pages, clock_());
}

// In front: a slab that was full until now is the fullest, and others may become empty behind it.
void TensorPool::link(uint32_t first) {
  Run& slab = run_at_[first];
  uint32_t& head = with_room_[slab.size_class];
  slab.next = head;
  slab.previous = kNone;
  if (head != kNone) run_at_[head].previous = first;
  head = first;
}

void TensorPool::unlink(uint32_t first) {
  const Run& slab = run_at_[first];
  (slab.previous == kNone ? with_room_[slab.size_class] : run_at_[slab.previous].next) = slab.next;
  if (slab.next != kNone) run_at_[slab.next].previous = slab.previous;
}

std::atomic<uint64_t>& TensorPool::generation(size_t line) const {
  return reinterpret_cast<std::atomic<uint64_t>*>(generations_.begin())[line];
}

}  // namespace tmc::memory
