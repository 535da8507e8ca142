// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A whole file as memory, read-only and shared: processes that map the same file have one copy of it. The file is
// replaced by another under its name, never written in its place, as long as anybody maps it. Movable.

#include <cstddef>
#include <filesystem>
#include <span>
#include <utility>

#include "tmc/base/host/status.hpp"

namespace tmc::engine {

class MappedFile {
 public:
  MappedFile() = default;
  // kNotFound, kIo. An empty file has no bytes.
  static Result<MappedFile> open(const std::filesystem::path& path);

  MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~MappedFile();

  // At a multiple of a page.
  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  explicit MappedFile(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::span<const std::byte> bytes_;
};

}  // namespace tmc::engine
