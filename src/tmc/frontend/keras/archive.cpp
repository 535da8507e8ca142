// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/archive.hpp"

#include <zip.h>

#include <memory>

namespace tmc::frontend::keras {
namespace {

struct DiscardArchive {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct CloseEntry {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};

}  // namespace

Result<std::vector<std::byte>> unpack(std::span<const std::byte> archive, const std::string& entry, size_t most_bytes) {
  const auto damaged = [&] { return error(Error::kMalformed, "the archive is damaged, or has no '{}'", entry); };
  zip_source_t* source = zip_source_buffer_create(archive.data(), archive.size(), /*freep=*/0, nullptr);
  if (source == nullptr) return damaged();
  const std::unique_ptr<zip_t, DiscardArchive> zip(zip_open_from_source(source, ZIP_RDONLY, nullptr));
  if (!zip) {
    zip_source_free(source);
    return damaged();
  }
  const std::unique_ptr<zip_file_t, CloseEntry> file(zip_fopen(zip.get(), entry.c_str(), 0));
  if (!file) return damaged();
  constexpr size_t kPieceBytes = size_t{1} << 20;
  std::vector<std::byte> content;
  for (;;) {
    const size_t done = content.size();
    content.resize(done + kPieceBytes);
    const zip_int64_t got = zip_fread(file.get(), content.data() + done, kPieceBytes);
    if (got < 0) return damaged();
    content.resize(done + static_cast<size_t>(got));
    if (got == 0) return content;  // the checksum is compared behind the last byte
    if (content.size() > most_bytes) {
      return error(Error::kMalformed, "'{}' of the archive has more than {} bytes", entry, most_bytes);
    }
  }
}

}  // namespace tmc::frontend::keras
