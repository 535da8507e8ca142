// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/mapping.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <new>

#include "tmc/memory/poison.hpp"
#include "tmc/memory/sizes.hpp"

namespace tmc::memory {

size_t page_bytes() {
  static const auto bytes = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return bytes;
}

Mapping::Mapping(size_t bytes) {
  const auto rounded = round_up(bytes == 0 ? 1 : bytes, page_bytes());
  if (!rounded) throw std::bad_alloc();
  void* const memory =
      mmap(nullptr, *rounded, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  begin_ = static_cast<std::byte*>(memory);
  bytes_ = *rounded;
}

Mapping::~Mapping() {
  if (begin_ == nullptr) return;
  unpoison(begin_, bytes_);  // who gets these addresses next knows nothing of it
  munmap(begin_, bytes_);
}

bool Mapping::give_back(size_t offset, size_t bytes) const {
  return bytes == 0 || madvise(begin_ + offset, bytes, MADV_DONTNEED) == 0;
}

}  // namespace tmc::memory
