// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The entries of a zip archive as torch.save writes it: stored, not compressed, so that an entry is a range of the file
// and an archive cannot hold more than its bytes (PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16).
//
// The file is untrusted: every offset and size is checked, and an entry's checksum when it is read. Errors: kMalformed
// with the entry, kUnsupportedType for one that is compressed or encrypted. The archive keeps views into the file,
// which must outlive it.

#include <map>
#include <string>
#include <string_view>

#include "tmc/base/host/status.hpp"
#include "tmc/frontend/pytorch/bytes.hpp"

namespace tmc::frontend::pytorch {

class ZipArchive {
 public:
  static Result<ZipArchive> open(FileBytes file);

  // Whether the file begins as an archive does.
  static bool is_zip(FileBytes file);

  // The folder that holds `data.pkl`, with the slash behind it; kMalformed where there is none.
  Result<std::string> root() const;
  Result<FileBytes> read(const std::string& name) const;

 private:
  struct Entry {
    uint32_t local_header, bytes, checksum;
  };

  explicit ZipArchive(FileBytes file) : file_(file) {}
  Status read_directory(size_t at, size_t count);

  FileBytes file_;
  std::map<std::string, Entry> entries_;
};

}  // namespace tmc::frontend::pytorch
