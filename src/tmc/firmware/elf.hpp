// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a linked image says about itself: the parts of a 32-bit little-endian ELF file (System V ABI, chapter 4) that a
// footprint of memory needs. Every offset in the file is checked before it is followed; a file that lies is kMalformed.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc::firmware {

struct ElfSection {
  std::string name;
  std::uint32_t address = 0;
  std::uint32_t bytes = 0;
  bool allocated = false;  // takes part in the running program
  bool in_file = false;    // has content, which .bss and its like have not
};

// A run of bytes that is put into the machine's memory before it starts.
struct ElfSegment {
  std::uint32_t load_address = 0;
  std::uint32_t file_bytes = 0;
  std::uint32_t file_offset = 0;  // of the content; not checked
};

struct ElfSymbol {
  std::string name;
  std::uint32_t address = 0;
  std::uint32_t bytes = 0;
  bool undefined = false;
  bool function = false;
};

struct ElfImage {
  std::vector<ElfSection> sections;
  std::vector<ElfSegment> segments;
  std::vector<ElfSymbol> symbols;

  // Null when there is none of this name.
  const ElfSection* find_section(std::string_view name) const;
};

Result<ElfImage> parse_elf(std::string_view bytes);
Result<ElfImage> read_elf(const std::filesystem::path& path);

}  // namespace tmc::firmware
