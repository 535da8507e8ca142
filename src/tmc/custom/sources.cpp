// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/custom/sources.hpp"

#include <algorithm>

#include "tmc/base/host/files.hpp"

namespace tmc::custom {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostFiles = 64;
constexpr size_t kMostSourceBytes = size_t{4} << 20;

// The paths in quotes behind every #include that begins a line.
std::vector<std::string> includes_of(std::string_view text) {
  std::vector<std::string> paths;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const size_t hash = line.find_first_not_of(" \t");
    if (hash == line.npos || line[hash] != '#') continue;
    const size_t word = line.find_first_not_of(" \t", hash + 1);
    if (word == line.npos || !line.substr(word).starts_with("include")) continue;
    const size_t begin = line.find('"', word);
    const size_t end = begin == line.npos ? line.npos : line.find('"', begin + 1);
    if (end != line.npos) paths.emplace_back(line.substr(begin + 1, end - begin - 1));
  }
  return paths;
}

}  // namespace

Result<std::vector<SourceFile>> read_sources(const fs::path& folder, const std::string& header) {
  std::vector<fs::path> waiting = {fs::path(header).lexically_normal()};
  std::vector<SourceFile> sources;
  size_t bytes = 0;
  for (size_t at = 0; at < waiting.size(); ++at) {
    const fs::path path = waiting[at];
    TMC_ASSIGN(std::string text, read_file(folder / path));
    bytes += text.size();
    if (waiting.size() > kMostFiles || bytes > kMostSourceBytes) {
      return error(Error::kBadUsage, "it includes more than {} files or {} bytes", kMostFiles, kMostSourceBytes)
          .in_file((folder / header).string());
    }
    for (const std::string& include : includes_of(text)) {
      const fs::path included = (path.parent_path() / include).lexically_normal();
      std::error_code failure;
      if (!fs::exists(folder / included, failure) || std::ranges::find(waiting, included) != waiting.end()) continue;
      if (included.is_absolute() || *included.begin() == "..") {
        return error(Error::kBadUsage, "it includes '{}', which lies outside the folder of the description", include)
            .in_file((folder / path).string())
            .with_hint("move it into the folder: the folder that `compile` writes holds all that it needs");
      }
      waiting.push_back(included);
    }
    sources.push_back({path.generic_string(), std::move(text)});
  }
  return sources;
}

}  // namespace tmc::custom
