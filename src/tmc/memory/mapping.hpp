// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Pages of the system, zeros at first, of which a page takes memory from its first write on. Movable; one caller at a
// time.

#include <cstddef>
#include <utility>

namespace tmc::memory {

size_t page_bytes();

class Mapping {
 public:
  // Of whole pages, at least `bytes`. Throws std::bad_alloc where the system has none.
  explicit Mapping(size_t bytes);
  Mapping(Mapping&& other) noexcept
      : begin_(std::exchange(other.begin_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
  Mapping& operator=(Mapping&&) = delete;
  ~Mapping();

  std::byte* begin() const { return begin_; }
  size_t bytes() const { return bytes_; }

  // The system has these pages back; they are zeros when they are used again. Offset and bytes are multiples of a page.
  // False: it would not take them, and they are as they were.
  bool give_back(size_t offset, size_t bytes) const;

 private:
  std::byte* begin_ = nullptr;
  size_t bytes_ = 0;
};

// Elements that are zeros at first, and take memory from when they are used. Nothing destroys them.
template <typename T>
class MappedArray {
 public:
  explicit MappedArray(size_t count) : mapping_(count * sizeof(T)) {}

  T* begin() const { return reinterpret_cast<T*>(mapping_.begin()); }
  T& operator[](size_t index) const { return begin()[index]; }

 private:
  Mapping mapping_;
};

}  // namespace tmc::memory
