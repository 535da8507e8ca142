// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/folder.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "tmc/backend/cpp/manifest.hpp"
#include "tmc/base/host/files.hpp"

namespace tmc::backend::cpp {
namespace {

namespace fs = std::filesystem;

Status io_error(const fs::path& path, std::string_view verb, const std::string& reason) {
  return error(Error::kIo, "cannot {} it: {}", verb, reason).in_file(path.string());
}

Status refuse(const fs::path& folder, const std::string& reason) {
  return error(Error::kBadUsage, "{}", reason)
      .in_file(folder.string())
      .with_hint("choose another folder, or empty this one");
}

// A folder beside `target`, on the same file system, removed with all that is in it.
class Draft {
 public:
  static Result<Draft> make(const fs::path& target) {
    std::string name = (target.parent_path() / fmt::format(".{}.XXXXXX", target.filename().string())).string();
    if (mkdtemp(name.data()) == nullptr) return io_error(target.parent_path(), "write in", std::strerror(errno));
    return Draft(name);
  }
  Draft(Draft&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Draft& operator=(Draft&&) = delete;
  ~Draft() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  // Holds the new content, and after an exchange the old one. mkdtemp's own folder would be closed to everybody else.
  fs::path content() const { return path_ / "content"; }

 private:
  explicit Draft(fs::path path) : path_(std::move(path)) {}

  fs::path path_;
};

// What lies in `folder`, relative to it: everything but folders.
Result<std::vector<std::string>> list_files(const fs::path& folder) {
  std::vector<std::string> files;
  std::error_code failure;
  for (fs::recursive_directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    std::error_code ignored;
    if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) continue;
    files.push_back(entry->path().lexically_relative(folder).generic_string());
  }
  if (failure) return io_error(folder, "list", failure.message());
  std::ranges::sort(files);
  return files;
}

Status check_replaceable(const fs::path& folder) {
  std::error_code failure;
  const fs::file_status status = fs::status(folder, failure);
  if (!fs::exists(status)) return {};
  if (!fs::is_directory(status)) return refuse(folder, "it is no folder");
  TMC_ASSIGN(const std::vector<std::string> present, list_files(folder));
  if (present.empty()) return {};
  const fs::path manifest = folder / kManifestFile;
  if (!fs::exists(manifest, failure)) return refuse(folder, "it is not empty, and tinymlc did not write it");
  TMC_ASSIGN(const std::string text, read_file(manifest));
  const auto listed = manifest_files(text);
  if (!listed.ok()) return refuse(folder, "it is not empty, and its manifest.json is none of tinymlc");
  for (const std::string& file : present) {
    if (file != kManifestFile && std::ranges::find(*listed, file) == listed->end()) {
      return refuse(folder, fmt::format("it holds '{}', which tinymlc did not write", file));
    }
  }
  return {};
}

Status fill(const fs::path& folder, const Files& files) {
  for (const auto& [path, content] : files) {
    std::error_code failure;
    fs::create_directories((folder / path).parent_path(), failure);
    if (failure) return io_error((folder / path).parent_path(), "make", failure.message());
    TMC_TRY(write_file(folder / path, content));
  }
  return {};
}

// Puts `content` in the place of `target`, which is absent, an empty folder or an earlier output.
Status put_in_place(const fs::path& content, const fs::path& target) {
  if (rename(content.c_str(), target.c_str()) == 0) return {};
  if (errno == ENOTEMPTY || errno == EEXIST) {
    if (renameat2(AT_FDCWD, content.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) == 0) return {};
  }
  return io_error(target, "replace", std::strerror(errno));
}

}  // namespace

Status write_folder(const fs::path& folder, const Files& files) {
  std::error_code failure;
  const fs::path target = fs::weakly_canonical(fs::absolute(folder), failure);
  if (failure) return io_error(folder, "find", failure.message());
  const fs::path place = target.has_filename() ? target : target.parent_path();
  TMC_TRY(check_replaceable(place));
  fs::create_directories(place.parent_path(), failure);
  if (failure) return io_error(place.parent_path(), "make", failure.message());
  TMC_ASSIGN(const Draft draft, Draft::make(place));
  TMC_TRY(fill(draft.content(), files));
  return put_in_place(draft.content(), place);
}

}  // namespace tmc::backend::cpp
