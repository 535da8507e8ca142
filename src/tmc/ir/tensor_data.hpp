// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// TensorData: immutable bytes of a constant, shared between copies of a graph; little-endian, dense, row-major. Typed
// access checks nothing but alignment of the size: the owner's TensorType says what the bytes are.

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

namespace tmc::ir {

class TensorData {
 public:
  TensorData() = default;
  explicit TensorData(std::vector<std::byte> bytes)
      : bytes_(std::make_shared<const std::vector<std::byte>>(std::move(bytes))) {}
  template <typename T>
  static TensorData of(std::span<const T> values) {
    const auto raw = std::as_bytes(values);
    return TensorData(std::vector<std::byte>(raw.begin(), raw.end()));
  }

  std::span<const std::byte> bytes() const { return bytes_ ? std::span(*bytes_) : std::span<const std::byte>(); }
  size_t size_bytes() const { return bytes().size(); }
  // A copy as a vector of T; size_bytes() is a multiple of sizeof(T).
  template <typename T>
  std::vector<T> to_vector() const {
    std::vector<T> values(size_bytes() / sizeof(T));
    if (!values.empty()) std::memcpy(values.data(), bytes().data(), values.size() * sizeof(T));
    return values;
  }
  friend bool operator==(const TensorData& a, const TensorData& b) {
    return a.bytes_ == b.bytes_ || std::ranges::equal(a.bytes(), b.bytes());
  }

 private:
  std::shared_ptr<const std::vector<std::byte>> bytes_;
};

}  // namespace tmc::ir
