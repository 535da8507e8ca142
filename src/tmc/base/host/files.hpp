// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Whole files and scratch folders.

#include <filesystem>
#include <string>
#include <string_view>

#include "tmc/base/host/status.hpp"

namespace tmc {

// kNotFound or kIo; the error names the file.
Result<std::string> read_file(const std::filesystem::path& path);

// Replaces the file in one step: a reader sees the old content or the new, and a failure leaves the old. The folder
// must exist.
Status write_file(const std::filesystem::path& path, std::string_view content);

// A new folder in the system's place for temporary files, removed with all that is in it when the object goes.
class ScratchFolder {
 public:
  static Result<ScratchFolder> make();

  ScratchFolder(ScratchFolder&& other) noexcept;
  ScratchFolder& operator=(ScratchFolder&& other) noexcept;
  ~ScratchFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

}  // namespace tmc
