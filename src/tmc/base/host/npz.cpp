// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <zip.h>

#include <algorithm>
#include <memory>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/npy.hpp"

namespace tmc {
namespace {

// What one array may take unpacked: a small file must not fill the memory.
constexpr uint64_t kMostEntryBytes = uint64_t{2} << 30;
constexpr uint64_t kFirstBytes = uint64_t{1} << 20;
constexpr std::string_view kSuffix = ".npy";

struct DiscardZip {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct CloseEntry {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};
using Zip = std::unique_ptr<zip_t, DiscardZip>;

Result<std::vector<std::byte>> read_entry(zip_t* zip, zip_uint64_t index, uint64_t bytes) {
  const std::unique_ptr<zip_file_t, CloseEntry> entry(zip_fopen_index(zip, index, 0));
  if (!entry) return error(Error::kMalformed, "cannot unpack an array: {}", zip_strerror(zip));
  std::vector<std::byte> content;
  for (uint64_t done = 0; done < bytes;) {
    // What the archive says of the size is not believed before it is there.
    content.resize(done + std::min(bytes - done, std::max(done, kFirstBytes)));
    const zip_int64_t got = zip_fread(entry.get(), content.data() + done, content.size() - done);
    if (got <= 0) return error(Error::kMalformed, "an array of the archive is damaged");
    done += static_cast<uint64_t>(got);
  }
  return content;
}

Result<std::map<std::string, NpyArray>> read_all(zip_t* zip) {
  std::map<std::string, NpyArray> arrays;
  for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); ++i) {
    zip_stat_t stat;
    if (zip_stat_index(zip, static_cast<zip_uint64_t>(i), 0, &stat) != 0 || !(stat.valid & ZIP_STAT_NAME) ||
        !(stat.valid & ZIP_STAT_SIZE)) {
      return error(Error::kMalformed, "an entry of the archive is damaged");
    }
    std::string name = stat.name;
    if (!name.ends_with(kSuffix)) return error(Error::kMalformed, "the archive holds '{}', which is no array", name);
    if (stat.size > kMostEntryBytes) return error(Error::kBadInput, "the array '{}' is larger than 2 GiB", name);
    TMC_ASSIGN(const auto content, read_entry(zip, static_cast<zip_uint64_t>(i), stat.size));
    auto array = parse_npy(content);
    if (!array.ok()) return std::move(array).status().at_node(name);
    name.resize(name.size() - kSuffix.size());
    arrays[name] = std::move(array).value();
  }
  return arrays;
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
  if (!std::filesystem::exists(path)) return error(Error::kNotFound, "no such file").in_file(path.string());
  int failure = 0;
  const Zip zip(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &failure));
  if (!zip) return error(Error::kMalformed, "not an .npz archive").in_file(path.string());
  auto arrays = read_all(zip.get());
  if (!arrays.ok()) return std::move(arrays).status().in_file(path.string());
  return arrays;
}

Status save_npz(const std::filesystem::path& path, const std::map<std::string, NpyArray>& arrays) {
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
