// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// An array whose elements stay where they lie until they are asked for: in a .npy, or in a member of an .npz. So arrays
// may be larger than memory. Compressed members are unpacked once, to a temporary file without a name. Members of an
// archive are read through when it is opened, which finds damage.
//
// Files are untrusted; errors are those of base/host/npy.hpp, and kIo where elements cannot be read any more. Not
// thread-safe: reading moves in the file.

#include <memory>

#include "tmc/base/host/npy.hpp"

namespace tmc {

class StoredArray {
 public:
  // A .npy, wherever it lies.
  class Bytes {
   public:
    virtual ~Bytes() = default;
    // False where they are not there.
    virtual bool read(uint64_t offset, std::span<std::byte> to) = 0;
  };

  static Result<StoredArray> create(std::unique_ptr<Bytes> bytes, uint64_t size);
  explicit StoredArray(NpyArray array);

  DType dtype() const { return header_.dtype; }
  const Shape& shape() const { return header_.shape; }
  // Elements [first, first + count), which the array has.
  Result<std::vector<std::byte>> read(int64_t first, int64_t count);

 private:
  StoredArray(std::unique_ptr<Bytes> bytes, const NpyHeader& header) : bytes_(std::move(bytes)), header_(header) {}

  std::unique_ptr<Bytes> bytes_;
  NpyHeader header_;
};

Result<StoredArray> open_npy(const std::filesystem::path& path);
// Arrays by name, without the ".npy" of the zip's entries.
Result<std::map<std::string, StoredArray>> open_npz(const std::filesystem::path& path);

// The bytes of an open file, which is closed with them.
std::unique_ptr<StoredArray::Bytes> bytes_of(std::FILE* file);

}  // namespace tmc
