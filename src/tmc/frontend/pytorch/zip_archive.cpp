// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/pytorch/zip_archive.hpp"

#include <algorithm>
#include <array>

namespace tmc::frontend::pytorch {
namespace {

constexpr uint32_t kLocalMark = 0x04034b50, kDirectoryMark = 0x02014b50, kEndMark = 0x06054b50;
constexpr size_t kLocalBytes = 30, kDirectoryBytes = 46, kEndBytes = 22;
constexpr size_t kMostCommentBytes = 0xFFFF;
constexpr const char* kCopyAgain = "copy the file here again, or save the state dictionary again with torch.save";

constexpr std::array<uint32_t, 256> checksum_table() {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ (value & 1 ? 0xEDB88320 : 0);
    table[i] = value;
  }
  return table;
}

// CRC-32 of ISO 3309.
uint32_t checksum_of(FileBytes bytes) {
  static constexpr std::array<uint32_t, 256> kTable = checksum_table();
  uint32_t value = 0xFFFFFFFF;
  for (const std::byte byte : bytes) value = value >> 8 ^ kTable[(value ^ static_cast<uint32_t>(byte)) & 0xFF];
  return ~value;
}

Status damaged_archive(std::string_view what) {
  return error(Error::kMalformed, "the archive is damaged or truncated: {}", what).with_hint(kCopyAgain);
}

// Where the end record begins; the file's size where there is none. A comment may follow it.
size_t find_end(FileBytes file) {
  if (file.size() < kEndBytes) return file.size();
  const size_t last = file.size() - kEndBytes;
  for (size_t back = 0; back <= std::min(last, kMostCommentBytes); ++back) {
    if (read_number<uint32_t>(file, last - back) == kEndMark) return last - back;
  }
  return file.size();
}

}  // namespace

bool ZipArchive::is_zip(FileBytes file) {
  return file.size() >= 4 && read_number<uint32_t>(file, 0) == kLocalMark;
}

Result<ZipArchive> ZipArchive::open(FileBytes file) {
  const size_t end = find_end(file);
  if (end == file.size()) return damaged_archive("it has no directory");
  ZipArchive archive(file);
  TMC_TRY(archive.read_directory(read_number<uint32_t>(file, end + 16), read_number<uint16_t>(file, end + 10)));
  return archive;
}

Status ZipArchive::read_directory(size_t at, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    if (at > file_.size() || file_.size() - at < kDirectoryBytes) return damaged_archive("its directory is cut off");
    if (read_number<uint32_t>(file_, at) != kDirectoryMark) return damaged_archive("its directory has a wrong mark");
    const auto flags = read_number<uint16_t>(file_, at + 8);
    const auto method = read_number<uint16_t>(file_, at + 10);
    const auto bytes = read_number<uint32_t>(file_, at + 24);
    const size_t name_bytes = read_number<uint16_t>(file_, at + 28);
    const size_t rest = name_bytes + read_number<uint16_t>(file_, at + 30) + read_number<uint16_t>(file_, at + 32);
    if (file_.size() - at - kDirectoryBytes < rest) return damaged_archive("its directory is cut off");
    std::string name(reinterpret_cast<const char*>(file_.data() + at + kDirectoryBytes), name_bytes);
    if (method != 0 || (flags & 1) != 0 || bytes != read_number<uint32_t>(file_, at + 20)) {
      return error(Error::kUnsupportedType, "entry '{}' is compressed or encrypted", name)
          .with_hint("save the state dictionary with torch.save, which stores");
    }
    const Entry entry{read_number<uint32_t>(file_, at + 42), bytes, read_number<uint32_t>(file_, at + 16)};
    if (!entries_.emplace(name, entry).second) return damaged_archive(fmt::format("it holds '{}' twice", name));
    at += kDirectoryBytes + rest;
  }
  return {};
}

Result<std::string> ZipArchive::root() const {
  constexpr std::string_view kPickle = "data.pkl";
  for (const auto& [name, entry] : entries_) {
    if (name.ends_with(kPickle) && (name.size() == kPickle.size() || name[name.size() - kPickle.size() - 1] == '/')) {
      return name.substr(0, name.size() - kPickle.size());
    }
  }
  return error(Error::kMalformed, "the archive holds no data.pkl").with_hint("give a file that torch.save wrote");
}

Result<FileBytes> ZipArchive::read(const std::string& name) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return damaged_archive(fmt::format("entry '{}' is missing", name));
  const Entry& entry = found->second;
  const size_t header = entry.local_header;
  if (header > file_.size() || file_.size() - header < kLocalBytes ||
      read_number<uint32_t>(file_, header) != kLocalMark) {
    return damaged_archive(fmt::format("entry '{}' is not where the directory says", name));
  }
  const size_t begin =
      header + kLocalBytes + read_number<uint16_t>(file_, header + 26) + read_number<uint16_t>(file_, header + 28);
  if (begin > file_.size() || file_.size() - begin < entry.bytes) {
    return damaged_archive(fmt::format("entry '{}' is cut off", name));
  }
  const FileBytes content = file_.subspan(begin, entry.bytes);
  if (checksum_of(content) != entry.checksum)
    return damaged_archive(fmt::format("entry '{}' has a wrong checksum", name));
  return content;
}

}  // namespace tmc::frontend::pytorch
