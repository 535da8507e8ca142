// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/base/host/files.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace tmc {
namespace {

namespace fs = std::filesystem;

Status cannot(std::string_view verb, const fs::path& path) {
  const Error code = errno == ENOENT ? Error::kNotFound : Error::kIo;
  return error(code, "cannot {} it: {}", verb, std::strerror(errno)).in_file(path.string());
}

}  // namespace

Result<std::string> read_file(const fs::path& path) {
  std::error_code failure;
  if (fs::is_directory(path, failure)) return error(Error::kIo, "it is a folder").in_file(path.string());
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return cannot("open", path);
  std::ostringstream content;
  if (file.peek() != std::ifstream::traits_type::eof()) content << file.rdbuf();
  if (file.bad() || content.fail()) return cannot("read", path);
  return std::move(content).str();
}

Status write_file(const fs::path& path, std::string_view content) {
  static std::atomic<unsigned> serial = 0;
  fs::path written = path;
  written += fmt::format(".{}-{}.part", getpid(), serial++);
  errno = 0;
  std::ofstream file(written, std::ios::binary);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  if (file && rename(written.c_str(), path.c_str()) == 0) return {};
  Status status = cannot("write", path);
  std::error_code ignored;
  fs::remove(written, ignored);
  return status;
}

Result<ScratchFolder> ScratchFolder::make() {
  std::error_code failure;
  const fs::path parent = fs::temp_directory_path(failure);
  if (failure) return error(Error::kIo, "there is no folder for temporary files: {}", failure.message());
  std::string name = (parent / "tinymlc-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return cannot("make a folder in", parent);
  return ScratchFolder(name);
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

ScratchFolder& ScratchFolder::operator=(ScratchFolder&& other) noexcept {
  std::swap(path_, other.path_);
  return *this;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace tmc
