// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/kernel_headers.hpp"

#include <algorithm>
#include <filesystem>

#include "tmc/base/host/sha256.hpp"

namespace tmc::backend::cpp {
namespace {

constexpr std::string_view kInclude = "#include \"";
constexpr std::string_view kOwn = "tmc/";  // that other headers are included from is said where they are included
constexpr std::size_t kHashDigits = 12;

bool is_identifier_letter(char letter) {
  return letter == '_' || (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
         (letter >= 'A' && letter <= 'Z');
}

// Calls `visit` with the begin and the length of every path in an include of the project's own.
template <typename Visit>
void for_each_include(std::string_view text, const Visit& visit) {
  for (std::size_t at = text.find(kInclude); at != text.npos; at = text.find(kInclude, at + 1)) {
    if (at != 0 && text[at - 1] != '\n') continue;
    const std::size_t begin = at + kInclude.size();
    const std::size_t end = text.find('"', begin);
    if (end != text.npos && text.substr(begin).starts_with(kOwn)) visit(begin, end - begin);
  }
}

std::string with_relative_includes(std::string_view text, const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  std::string result;
  std::size_t copied = 0;
  for_each_include(text, [&](std::size_t begin, std::size_t length) {
    result += text.substr(copied, begin - copied);
    result += std::filesystem::path(text.substr(begin, length)).lexically_relative(folder).generic_string();
    copied = begin + length;
  });
  return result += text.substr(copied);
}

Status collect(std::span<const EmbeddedFile> available, const std::string& path,
               std::map<std::string, std::string>& files) {
  if (files.contains(path)) return {};
  const auto found = std::ranges::find(available, std::string_view(path), &EmbeddedFile::path);
  if (found == available.end()) return error(Error::kInternal, "no device header '{}' was built in", path);
  files.emplace(path, found->text);
  Status status;
  for_each_include(found->text, [&](std::size_t begin, std::size_t length) {
    if (status.ok()) status = collect(available, std::string(found->text.substr(begin, length)), files);
  });
  return status;
}

}  // namespace

std::string with_version(std::string_view text, std::string_view version) {
  constexpr std::string_view kRoot = "tmc";
  constexpr std::string_view kNamespace = "namespace ";
  std::string result;
  std::size_t copied = 0;
  for (std::size_t at = text.find(kRoot); at != text.npos; at = text.find(kRoot, at + 1)) {
    const std::size_t end = at + kRoot.size();
    if (at > 0 && is_identifier_letter(text[at - 1])) continue;
    const bool qualifies = text.substr(end).starts_with("::");
    const bool opens = text.substr(0, at).ends_with(kNamespace) && text.substr(end).starts_with(" {");
    if (!qualifies && !opens) continue;
    result += text.substr(copied, end - copied);
    result += "::";
    result += version;
    copied = end;
  }
  return result += text.substr(copied);
}

Result<KernelHeaders> collect_headers(std::span<const EmbeddedFile> available, const std::vector<std::string>& roots,
                                      std::string_view variant) {
  KernelHeaders headers;
  for (const std::string& root : roots) TMC_TRY(collect(available, root, headers.files));
  std::string content;
  for (const auto& [path, text] : headers.files) content.append(path).append(1, '\0').append(text).append(1, '\0');
  headers.version = fmt::format("k{}{}", sha256_hex(content).substr(0, kHashDigits), variant);
  for (auto& [path, text] : headers.files) {
    text = with_relative_includes(with_version(text, headers.version), path);
  }
  return headers;
}

}  // namespace tmc::backend::cpp
