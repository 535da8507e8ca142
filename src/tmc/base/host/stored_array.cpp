// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/stored_array.hpp"

#include <algorithm>
#include <cstring>

namespace tmc {
namespace {

// More than any header of a format version that has 16 bits for its length.
constexpr uint64_t kMostHeaderBytes = uint64_t{1} << 20;

struct CloseFile {
  void operator()(std::FILE* file) const { (void)std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

class FileBytes : public StoredArray::Bytes {
 public:
  explicit FileBytes(File file) : file_(std::move(file)) {}
  bool read(uint64_t offset, std::span<std::byte> to) override {
    return fseeko(file_.get(), static_cast<off_t>(offset), SEEK_SET) == 0 &&
           std::fread(to.data(), 1, to.size(), file_.get()) == to.size();
  }

 private:
  File file_;
};

class MemoryBytes : public StoredArray::Bytes {
 public:
  explicit MemoryBytes(std::vector<std::byte> bytes) : bytes_(std::move(bytes)) {}
  bool read(uint64_t offset, std::span<std::byte> to) override {
    if (offset > bytes_.size() || to.size() > bytes_.size() - offset) return false;
    std::memcpy(to.data(), bytes_.data() + offset, to.size());
    return true;
  }

 private:
  std::vector<std::byte> bytes_;
};

Status unreadable() {
  return error(Error::kIo, "the array's elements cannot be read");
}

}  // namespace

StoredArray::StoredArray(NpyArray array)
    : bytes_(std::make_unique<MemoryBytes>(std::move(array.bytes))), header_{array.dtype, array.shape, 0} {}

Result<StoredArray> StoredArray::create(std::unique_ptr<Bytes> bytes, uint64_t size) {
  std::vector<std::byte> beginning(std::min(size, kMostHeaderBytes));
  if (!bytes->read(0, beginning)) return unreadable();
  TMC_ASSIGN(const NpyHeader header, parse_npy_header(beginning, size));
  if (header.text) {
    return error(Error::kBadInput, "the array holds texts, which are not read a row at a time")
        .with_hint("give them as bytes: array.view(numpy.uint8) of an array of dtype S");
  }
  return StoredArray(std::move(bytes), header);
}

Result<std::vector<std::byte>> StoredArray::read(int64_t first, int64_t count) {
  const uint64_t element = dtype_bytes(dtype());
  std::vector<std::byte> elements(static_cast<uint64_t>(count) * element);
  if (!bytes_->read(header_.data_offset + static_cast<uint64_t>(first) * element, elements)) return unreadable();
  return elements;
}

Result<StoredArray> open_npy(const std::filesystem::path& path) {
  std::error_code failure;
  if (!std::filesystem::exists(path, failure)) return error(Error::kNotFound, "no such file").in_file(path.string());
  const uint64_t size = std::filesystem::file_size(path, failure);
  File file(failure ? nullptr : std::fopen(path.c_str(), "rb"));
  if (!file) return error(Error::kIo, "cannot read the file").in_file(path.string());
  auto array = StoredArray::create(std::make_unique<FileBytes>(std::move(file)), size);
  if (!array.ok()) return std::move(array).status().in_file(path.string());
  return array;
}

std::unique_ptr<StoredArray::Bytes> bytes_of(std::FILE* file) {
  return std::make_unique<FileBytes>(File(file));
}

}  // namespace tmc
