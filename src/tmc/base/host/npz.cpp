// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <zip.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/npy.hpp"
#include "tmc/base/host/stored_array.hpp"

namespace tmc {
namespace {

// What one array may take unpacked: a small file must not fill memory or disk.
constexpr uint64_t kMostEntryBytes = uint64_t{2} << 30;
constexpr size_t kPieceBytes = size_t{1} << 20;
constexpr std::string_view kSuffix = ".npy";

struct DiscardZip {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct CloseEntry {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};
using Zip = std::unique_ptr<zip_t, DiscardZip>;
using Entry = std::unique_ptr<zip_file_t, CloseEntry>;

struct Member {
  zip_uint64_t index;
  std::string name;  // of the array
  uint64_t bytes;
  bool is_stored;  // as it is, without compression
};

Result<std::vector<Member>> members_of(zip_t* zip) {
  std::vector<Member> members;
  for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); ++i) {
    zip_stat_t stat;
    constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    const auto index = static_cast<zip_uint64_t>(i);
    if (zip_stat_index(zip, index, 0, &stat) != 0 || (stat.valid & kNeeded) != kNeeded) {
      return error(Error::kMalformed, "an entry of the archive is damaged");
    }
    std::string name = stat.name;
    if (!name.ends_with(kSuffix)) return error(Error::kMalformed, "the archive holds '{}', which is no array", name);
    name.resize(name.size() - kSuffix.size());
    const bool is_stored = stat.comp_method == ZIP_CM_STORE && stat.encryption_method == ZIP_EM_NONE;
    members.push_back({index, std::move(name), stat.size, is_stored});
  }
  return members;
}

Result<Entry> open_member(zip_t* zip, const Member& member) {
  Entry entry(zip_fopen_index(zip, member.index, 0));
  if (!entry) return error(Error::kMalformed, "cannot unpack an array: {}", zip_strerror(zip));
  return entry;
}

Status check_unpacked_size(const Member& member) {
  if (member.bytes <= kMostEntryBytes) return {};
  return error(Error::kBadInput, "the array '{}' is larger than 2 GiB", member.name)
      .with_hint("save it in parts, or its rows with numpy.savez, which does not compress");
}

// Gives all bytes of a member to `take`, piece by piece: what the archive says of the size is not believed before it is
// there.
Status read_through(zip_file_t* entry, const Member& member, const std::function<bool(std::span<std::byte>)>& take) {
  std::vector<std::byte> piece(kPieceBytes);
  for (uint64_t done = 0;;) {
    const zip_int64_t got = zip_fread(entry, piece.data(), piece.size());
    const bool is_whole = got == 0 && done == member.bytes;  // the checksum is compared behind the last byte
    if (is_whole) return {};
    done += static_cast<uint64_t>(std::max<zip_int64_t>(got, 0));
    if (got <= 0 || done > member.bytes) return error(Error::kMalformed, "an array of the archive is damaged");
    if (!take(std::span(piece).first(static_cast<size_t>(got)))) return error(Error::kIo, "cannot unpack an array");
  }
}

Result<NpyArray> read_member(zip_t* zip, const Member& member) {
  TMC_TRY(check_unpacked_size(member));
  TMC_ASSIGN(const Entry entry, open_member(zip, member));
  std::vector<std::byte> content;
  TMC_TRY(read_through(entry.get(), member, [&](std::span<const std::byte> piece) {
    content.insert(content.end(), piece.begin(), piece.end());
    return true;
  }));
  return parse_npy(content);
}

Result<std::map<std::string, NpyArray>> read_all(zip_t* zip) {
  std::map<std::string, NpyArray> arrays;
  TMC_ASSIGN(const std::vector<Member> members, members_of(zip));
  for (const Member& member : members) {
    auto array = read_member(zip, member);
    if (!array.ok()) return std::move(array).status().at_node(member.name);
    arrays[member.name] = std::move(array).value();
  }
  return arrays;
}

// A member without compression, where it lies in the archive.
class MemberBytes : public StoredArray::Bytes {
 public:
  MemberBytes(std::shared_ptr<zip_t> zip, Entry entry) : zip_(std::move(zip)), entry_(std::move(entry)) {}
  bool read(uint64_t offset, std::span<std::byte> to) override {
    if (zip_fseek(entry_.get(), static_cast<zip_int64_t>(offset), SEEK_SET) != 0) return false;
    return zip_fread(entry_.get(), to.data(), to.size()) == static_cast<zip_int64_t>(to.size());
  }

 private:
  std::shared_ptr<zip_t> zip_;  // outlives the entry
  Entry entry_;
};

Result<std::unique_ptr<StoredArray::Bytes>> unpack(zip_file_t* entry, const Member& member) {
  TMC_TRY(check_unpacked_size(member));
  std::FILE* file = std::tmpfile();  // has no name, and goes when it is closed
  if (file == nullptr) return error(Error::kIo, "cannot make a temporary file");
  auto bytes = bytes_of(file);
  TMC_TRY(read_through(entry, member, [file](std::span<const std::byte> piece) {
    return std::fwrite(piece.data(), 1, piece.size(), file) == piece.size();
  }));
  if (std::fflush(file) != 0) return error(Error::kIo, "cannot unpack an array");
  return bytes;
}

Result<StoredArray> open_array(const std::shared_ptr<zip_t>& zip, const Member& member) {
  TMC_ASSIGN(Entry entry, open_member(zip.get(), member));
  std::unique_ptr<StoredArray::Bytes> bytes;
  if (member.is_stored) {
    TMC_TRY(read_through(entry.get(), member, [](std::span<std::byte>) { return true; }));
    bytes = std::make_unique<MemberBytes>(zip, std::move(entry));
  } else {
    TMC_ASSIGN(bytes, unpack(entry.get(), member));
  }
  return StoredArray::create(std::move(bytes), member.bytes);
}

Result<Zip> open_archive(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return error(Error::kNotFound, "no such file");
  int failure = 0;
  Zip zip(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &failure));
  if (!zip) return error(Error::kMalformed, "not an .npz archive").with_hint("save or copy the file again");
  return zip;
}

Result<std::map<std::string, StoredArray>> open_all(const std::filesystem::path& path) {
  TMC_ASSIGN(Zip opened, open_archive(path));
  const std::shared_ptr<zip_t> zip = std::move(opened);
  std::map<std::string, StoredArray> arrays;
  TMC_ASSIGN(const std::vector<Member> members, members_of(zip.get()));
  for (const Member& member : members) {
    auto array = open_array(zip, member);
    if (!array.ok()) return std::move(array).status().at_node(member.name);
    arrays.insert_or_assign(member.name, std::move(array).value());
  }
  return arrays;
}

Result<std::map<std::string, NpyArray>> load_all(const std::filesystem::path& path) {
  TMC_ASSIGN(const Zip zip, open_archive(path));
  return read_all(zip.get());
}

// Adds what it is given; the buffers must live until the archive is closed.
Status add_all(zip_t* zip, const std::map<std::string, std::string>& files) {
  for (const auto& [name, content] : files) {
    zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
    const zip_int64_t index =
        source ? zip_file_add(zip, (name + std::string(kSuffix)).c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
      zip_source_free(source);
      return error(Error::kIo, "cannot pack '{}': {}", name, zip_strerror(zip));
    }
    zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
  }
  return {};
}

}  // namespace

Result<std::map<std::string, NpyArray>> parse_npz(std::span<const std::byte> file) {
  // Nothing at all would be taken as an archive of nothing.
  zip_source_t* source = file.empty() ? nullptr : zip_source_buffer_create(file.data(), file.size(), 0, nullptr);
  if (source == nullptr) return error(Error::kMalformed, "not an .npz archive");
  const Zip zip(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, nullptr));
  if (!zip) {
    zip_source_free(source);
    return error(Error::kMalformed, "not an .npz archive");
  }
  return read_all(zip.get());
}

Result<std::map<std::string, NpyArray>> load_npz(const std::filesystem::path& path) {
  auto arrays = load_all(path);
  if (!arrays.ok()) return std::move(arrays).status().in_file(path.string());
  return arrays;
}

Result<std::map<std::string, StoredArray>> open_npz(const std::filesystem::path& path) {
  auto arrays = open_all(path);
  if (!arrays.ok()) return std::move(arrays).status().in_file(path.string());
  return arrays;
}

Status save_npz(const std::filesystem::path& path, const std::map<std::string, NpyArray>& arrays) {
  // libzip writes no archive without members: one is its last record alone, of 22 bytes.
  if (arrays.empty()) return write_file(path, std::string("PK\5\6") + std::string(18, '\0'));
  std::map<std::string, std::string> files;
  for (const auto& [name, array] : arrays) files[name] = to_npy(array);
  int failure = 0;
  Zip zip(zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &failure));
  if (!zip) return error(Error::kIo, "cannot write the archive").in_file(path.string());
  TMC_TRY(add_all(zip.get(), files));
  if (zip_close(zip.get()) != 0) {
    return error(Error::kIo, "cannot write the archive: {}", zip_strerror(zip.get())).in_file(path.string());
  }
  (void)zip.release();  // closing has freed it
  return {};
}

}  // namespace tmc
