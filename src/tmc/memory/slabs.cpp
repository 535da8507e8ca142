// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/slabs.hpp"

#include <bit>

#include "tmc/memory/poison.hpp"

namespace tmc::memory {

std::optional<size_t> Slabs::take(size_t lines) {
  uint32_t index = with_room_[lines];
  if (index == kNone) {
    const auto made = make(lines);
    if (!made) return std::nullopt;
    index = *made;
  }
  Slab& slab = slabs_[index];
  const auto block = static_cast<size_t>(std::countr_zero(slab.free));
  slab.free &= slab.free - 1;
  if (slab.free == 0) unlink(index);
  return index * kSlabLines + block * lines;
}

void Slabs::release(size_t line, Time now) {
  const auto index = static_cast<uint32_t>(line / kSlabLines);
  Slab& slab = slabs_[index];
  poison(runs_.begin() + line * kCacheLineBytes, slab.block_lines * kCacheLineBytes);
  if (slab.free == 0) link(index);
  slab.free |= uint64_t{1} << line % kSlabLines / slab.block_lines;
  if (slab.free != all_free(slab.block_lines)) return;
  unlink(index);
  runs_.release(static_cast<uint32_t>(index * kSlabUnits), now);
}

uint64_t Slabs::all_free(size_t block_lines) {
  const size_t blocks = kSlabLines / block_lines;
  return blocks == 64 ? ~uint64_t{0} : (uint64_t{1} << blocks) - 1;
}

std::optional<uint32_t> Slabs::make(size_t block_lines) {
  const auto run = runs_.take(kSlabUnits, kSlabUnits);
  if (!run) return std::nullopt;
  const auto index = static_cast<uint32_t>(*run / kSlabUnits);
  slabs_[index].free = all_free(block_lines);
  slabs_[index].block_lines = static_cast<uint32_t>(block_lines);
  link(index);
  return index;
}

// In front: a slab that was full until now is the fullest, and others may become empty behind it.
void Slabs::link(uint32_t index) {
  Slab& slab = slabs_[index];
  uint32_t& head = with_room_[slab.block_lines];
  slab.next = head;
  slab.previous = kNone;
  if (head != kNone) slabs_[head].previous = index;
  head = index;
}

void Slabs::unlink(uint32_t index) {
  const Slab& slab = slabs_[index];
  (slab.previous == kNone ? with_room_[slab.block_lines] : slabs_[slab.previous].next) = slab.next;
  if (slab.next != kNone) slabs_[slab.next].previous = slab.previous;
}

}  // namespace tmc::memory
