// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace tmc::engine {
namespace {

Status cannot(const char* what, int reason) {
  return error(reason == ENOENT ? Error::kNotFound : Error::kIo, "cannot {} the file: {}", what, std::strerror(reason));
}

Result<MappedFile> mapped(int file, auto make) {
  struct stat about = {};
  if (fstat(file, &about) != 0) return cannot("look at", errno);
  if (!S_ISREG(about.st_mode)) return error(Error::kIo, "is no file that can be mapped");
  const auto size = static_cast<size_t>(about.st_size);
  if (size == 0) return MappedFile();
  void* const begin = mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
  if (begin == MAP_FAILED) return cannot("map", errno);
  return make(std::span(static_cast<const std::byte*>(begin), size));
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return cannot("open", errno);
  auto result = mapped(file, [](std::span<const std::byte> bytes) { return MappedFile(bytes); });
  ::close(file);
  return result;
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

}  // namespace tmc::engine
