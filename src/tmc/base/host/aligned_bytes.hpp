// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Bytes at a multiple of a power of two, for what formats and kernels align. Exactly as many as asked for, so that a
// sanitizer sees what reads past them; zeros at first. Movable.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <span>

namespace tmc {

class AlignedBytes {
 public:
  AlignedBytes(size_t count, size_t alignment)
      : memory_(new (std::align_val_t{alignment}) std::byte[count](), Free{std::align_val_t{alignment}}),
        count_(count) {}

  static AlignedBytes copy_of(std::span<const std::byte> bytes, size_t alignment) {
    AlignedBytes copy(bytes.size(), alignment);
    std::ranges::copy(bytes, copy.memory_.get());
    return copy;
  }

  std::span<std::byte> bytes() const { return {memory_.get(), count_}; }

 private:
  struct Free {
    std::align_val_t alignment;
    void operator()(std::byte* bytes) const { operator delete[](bytes, alignment); }
  };
  std::unique_ptr<std::byte[], Free> memory_;
  size_t count_;
};

}  // namespace tmc
