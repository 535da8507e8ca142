// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/table_file.hpp"

#include <array>
#include <cstring>

namespace tmc::frontend::savedmodel {
namespace {

constexpr size_t kFooterBytes = 48;
constexpr size_t kTrailerBytes = 5;  // behind every block: how it is compressed, and its checksum
constexpr uint64_t kMagic = 0xdb4775248b80fb57;
constexpr size_t kMostEntries = 1 << 20;
// A key may be as long as the one before it and cost two bytes of the file.
constexpr size_t kMostKeyBytes = size_t{1} << 26;

Status damaged() {
  return error(Error::kMalformed, "the index of its variables is damaged").with_hint("save the model or copy it again");
}

template <typename Number>
Number fixed(std::span<const std::byte> bytes) {
  Number number;
  std::memcpy(&number, bytes.data(), sizeof(number));
  return number;
}

// Takes a number of 7 bits a byte, the lowest first, from the front; false where there is none.
bool take_varint(std::span<const std::byte>& bytes, uint64_t& number) {
  number = 0;
  for (int shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    const auto byte = std::to_integer<uint64_t>(bytes.front());
    bytes = bytes.subspan(1);
    number |= (byte & 127) << shift;
    if (byte < 128) return true;
  }
  return false;
}

struct Handle {
  uint64_t offset = 0, size = 0;
};

bool take_handle(std::span<const std::byte>& bytes, Handle& handle) {
  return take_varint(bytes, handle.offset) && take_varint(bytes, handle.size);
}

// The entries of a block, without the restart points that follow them, which lookups alone need.
Result<std::span<const std::byte>> read_block(std::span<const std::byte> file, const Handle& handle) {
  if (handle.offset > file.size() || handle.size > file.size() - handle.offset ||
      file.size() - handle.offset - handle.size < kTrailerBytes) {
    return damaged();
  }
  const auto whole = file.subspan(handle.offset, handle.size + 1);
  const auto block = whole.first(handle.size);
  if (masked_crc32c(whole) != fixed<uint32_t>(file.subspan(handle.offset + handle.size + 1))) return damaged();
  if (whole.back() != std::byte{0}) {
    return error(Error::kUnsupportedType, "the index of its variables is compressed").with_hint("save the model again");
  }
  if (block.size() < sizeof(uint32_t)) return damaged();
  const uint64_t restarts = fixed<uint32_t>(block.last(sizeof(uint32_t)));
  const uint64_t bytes = (restarts + 1) * sizeof(uint32_t);
  if (bytes > block.size()) return damaged();
  return block.first(block.size() - bytes);
}

// Calls `use` with every key and value of the block.
template <typename Use>
Status read_entries(std::span<const std::byte> entries, const Use& use) {
  std::string key;
  while (!entries.empty()) {
    uint64_t shared = 0, own = 0, value = 0;
    if (!take_varint(entries, shared) || !take_varint(entries, own) || !take_varint(entries, value)) return damaged();
    if (shared > key.size() || own > entries.size() || value > entries.size() - own) {
      return damaged();
    }
    const auto text = [](std::span<const std::byte> bytes) {
      return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    };
    key.resize(shared);
    key += text(entries.first(own));
    TMC_TRY(use(key, entries.subspan(own, value)));
    entries = entries.subspan(own + value);
  }
  return {};
}

}  // namespace

uint32_t masked_crc32c(std::span<const std::byte> bytes) {
  static const auto kTable = [] {
    constexpr uint32_t kPolynomial = 0x82f63b78;
    std::array<uint32_t, 256> table{};
    for (uint32_t i = 0; i < table.size(); ++i) {
      uint32_t crc = i;
      for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? kPolynomial : 0);
      table[i] = crc;
    }
    return table;
  }();
  uint32_t crc = ~uint32_t{0};
  for (const std::byte byte : bytes) crc = (crc >> 8) ^ kTable[(crc ^ std::to_integer<uint32_t>(byte)) & 255];
  crc = ~crc;
  constexpr uint32_t kMask = 0xa282ead8;
  return ((crc >> 15) | (crc << 17)) + kMask;
}

Result<std::map<std::string, std::string>> read_table(std::span<const std::byte> file) {
  if (file.size() < kFooterBytes || fixed<uint64_t>(file.last(sizeof(uint64_t))) != kMagic) return damaged();
  std::span<const std::byte> footer = file.last(kFooterBytes);
  Handle meta, index;
  if (!take_handle(footer, meta) || !take_handle(footer, index)) return damaged();
  TMC_ASSIGN(const auto blocks, read_block(file, index));
  std::map<std::string, std::string> table;
  uint64_t bytes_of_blocks = 0, bytes_of_keys = 0;
  const auto add_block = [&](const std::string&, std::span<const std::byte> where) -> Status {
    Handle handle;
    if (!take_handle(where, handle)) return damaged();
    // Blocks do not overlap, so that together they are no longer than the file.
    if (handle.size > file.size() - bytes_of_blocks) return damaged();
    bytes_of_blocks += handle.size;
    TMC_ASSIGN(const auto entries, read_block(file, handle));
    return read_entries(entries, [&](const std::string& key, std::span<const std::byte> value) -> Status {
      bytes_of_keys += key.size();
      if (table.size() == kMostEntries || bytes_of_keys > kMostKeyBytes) return damaged();
      table.insert_or_assign(key, std::string(reinterpret_cast<const char*>(value.data()), value.size()));
      return {};
    });
  };
  TMC_TRY(read_entries(blocks, add_block));
  return table;
}

}  // namespace tmc::frontend::savedmodel
