// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A model image in memory: its records, by name and index. Nothing is copied and nothing is allocated; the bytes
// outlive what looks at them. open() looks at the header and the places of the tables, check() (check.hpp) at every
// record; nobody may use the records of an image that was not checked. Freestanding.

#include <stddef.h>
#include <stdint.h>

#include "tmc/image/crc32.hpp"
#include "tmc/image/fault.hpp"
#include "tmc/image/format.hpp"

namespace tmc::image {

// The records of a table.
template <typename T>
struct Records {
  const T* first = nullptr;
  uint32_t count = 0;

  constexpr const T& operator[](uint32_t index) const { return first[index]; }
  constexpr const T* begin() const { return first; }
  constexpr const T* end() const { return first + count; }
};

constexpr uint32_t record_bytes(Table table) {
  constexpr uint32_t kBytes[] = {sizeof(Region),   sizeof(Buffer),
                                 sizeof(Constant), sizeof(Kernel),
                                 sizeof(Loop),     sizeof(Step),
                                 sizeof(Operand),  sizeof(int32_t),
                                 sizeof(Tensor),   sizeof(int32_t),
                                 sizeof(Scale),    sizeof(uint32_t),
                                 sizeof(uint32_t), 1};
  static_assert(sizeof(kBytes) / sizeof(kBytes[0]) == kTables);
  return kBytes[static_cast<uint32_t>(table)];
}

class Image {
 public:
  Image() = default;

  // Takes `bytes`, at a multiple of kImageAlignBytes, for an image, if they are one as far as the header tells.
  // kTooShort, kNotAligned, kNotAnImage, kOtherFormat, kDamaged, kPlace.
  Fault open(const void* bytes, size_t size) {
    *this = {};
    const auto* const begin = static_cast<const uint8_t*>(bytes);
    if (reinterpret_cast<uintptr_t>(begin) % kImageAlignBytes != 0) return {Reason::kNotAligned};
    if (size < sizeof(kMagic)) return {Reason::kTooShort};
    for (uint32_t i = 0; i < sizeof(kMagic); ++i) {
      if (begin[i] != kMagic[i]) return {Reason::kNotAnImage};
    }
    if (size < sizeof(Header)) return {Reason::kTooShort};
    const Header& header = *static_cast<const Header*>(bytes);
    if (header.major != kMajor) return {Reason::kOtherFormat};
    if (size < header.file_bytes || header.header_bytes < sizeof(Header)) return {Reason::kTooShort};
    const uint32_t tables_end = header.constants_offset;
    if (tables_end > header.file_bytes || tables_end < header.header_bytes || tables_end % kImageAlignBytes != 0) {
      return {Reason::kTooShort};
    }
    if (checksum(begin, tables_end) != header.tables_crc32) return {Reason::kDamaged};
    for (uint32_t i = 0; i < kTables; ++i) {
      const auto table = static_cast<Table>(i);
      const Place place = header.tables[i];
      const uint64_t end = place.offset + uint64_t{place.count} * record_bytes(table);
      if (place.offset % 4 != 0 || place.offset < header.header_bytes || end > tables_end) {
        return {Reason::kPlace, table};
      }
    }
    begin_ = begin;
    return {};
  }

  const Header& header() const { return *reinterpret_cast<const Header*>(begin_); }
  Records<Region> regions() const { return records<Region>(Table::kRegions); }
  Records<Buffer> buffers() const { return records<Buffer>(Table::kBuffers); }
  Records<Constant> constants() const { return records<Constant>(Table::kConstants); }
  Records<Kernel> kernels() const { return records<Kernel>(Table::kKernels); }
  Records<Loop> loops() const { return records<Loop>(Table::kLoops); }
  Records<Step> steps() const { return records<Step>(Table::kSteps); }
  Records<Operand> operands() const { return records<Operand>(Table::kOperands); }
  Records<int32_t> words() const { return records<int32_t>(Table::kWords); }
  Records<Tensor> tensors() const { return records<Tensor>(Table::kTensors); }
  Records<int32_t> extents() const { return records<int32_t>(Table::kExtents); }
  Records<Scale> scales() const { return records<Scale>(Table::kScales); }
  Records<uint32_t> inputs() const { return records<uint32_t>(Table::kInputs); }
  Records<uint32_t> outputs() const { return records<uint32_t>(Table::kOutputs); }
  Records<char> text() const { return records<char>(Table::kText); }

  // A name by where it begins.
  const char* name(uint32_t at) const { return text().first + at; }
  const uint8_t* constant(uint32_t index) const {
    return begin_ + header().constants_offset + constants()[index].offset;
  }
  const uint8_t* constants_begin() const { return begin_ + header().constants_offset; }
  uint32_t constants_bytes() const { return header().file_bytes - header().constants_offset; }

  // Of header and tables, as Header::tables_crc32 has it.
  static uint32_t checksum(const uint8_t* begin, uint32_t tables_end) {
    constexpr size_t kAt = offsetof(Header, tables_crc32);
    constexpr uint8_t kZeros[sizeof(Header::tables_crc32)] = {};
    uint32_t crc = crc32(0, begin, kAt);
    crc = crc32(crc, kZeros, sizeof(kZeros));
    return crc32(crc, begin + kAt + sizeof(kZeros), tables_end - kAt - sizeof(kZeros));
  }

 private:
  template <typename T>
  Records<T> records(Table table) const {
    const Place place = header().tables[static_cast<uint32_t>(table)];
    return {reinterpret_cast<const T*>(begin_ + place.offset), place.count};
  }

  const uint8_t* begin_ = nullptr;
};

}  // namespace tmc::image
