// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/elf.hpp"

#include <elf.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "tmc/firmware/footprint.hpp"

namespace tmc::firmware {
namespace {

using testing::ElementsAre;

// A linked image put together by hand: sections of a given place and size without content, and symbols.
class ImageWriter {
 public:
  void section(const std::string& name, std::uint32_t type, std::uint32_t address, std::uint32_t bytes) {
    Elf32_Shdr header{};
    header.sh_name = add_name(name);
    header.sh_type = type;
    header.sh_flags = SHF_ALLOC;
    header.sh_addr = address;
    header.sh_size = bytes;
    sections_.push_back(header);
  }
  void segment(std::uint32_t load_address, std::uint32_t file_bytes) {
    Elf32_Phdr header{};
    header.p_type = PT_LOAD;
    header.p_paddr = load_address;
    header.p_filesz = file_bytes;
    segments_.push_back(header);
  }
  void symbol(const std::string& name) {
    Elf32_Sym entry{};
    entry.st_name = add_name(name);
    entry.st_shndx = SHN_ABS;
    symbols_.push_back(entry);
  }

  std::string bytes() const {
    std::string out(sizeof(Elf32_Ehdr), '\0');
    Elf32_Ehdr header{};
    std::memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS32;
    header.e_ident[EI_DATA] = ELFDATA2LSB;
    header.e_phoff = append(out, segments_);
    header.e_phnum = static_cast<Elf32_Half>(segments_.size());
    header.e_phentsize = sizeof(Elf32_Phdr);
    std::vector<Elf32_Shdr> sections = sections_;
    const auto names_index = static_cast<Elf32_Half>(sections.size());
    Elf32_Shdr names{};
    names.sh_type = SHT_STRTAB;
    names.sh_offset = append(out, std::vector<char>(names_.begin(), names_.end()));
    names.sh_size = static_cast<Elf32_Word>(names_.size());
    sections.push_back(names);
    Elf32_Shdr symbols{};
    symbols.sh_type = SHT_SYMTAB;
    symbols.sh_link = names_index;
    symbols.sh_offset = append(out, symbols_);
    symbols.sh_size = static_cast<Elf32_Word>(symbols_.size() * sizeof(Elf32_Sym));
    symbols.sh_entsize = sizeof(Elf32_Sym);
    sections.push_back(symbols);
    header.e_shoff = append(out, sections);
    header.e_shnum = static_cast<Elf32_Half>(sections.size());
    header.e_shentsize = sizeof(Elf32_Shdr);
    header.e_shstrndx = names_index;
    std::memcpy(out.data(), &header, sizeof header);
    return out;
  }

 private:
  Elf32_Word add_name(const std::string& name) {
    const auto at = static_cast<Elf32_Word>(names_.size());
    names_ += name + '\0';
    return at;
  }
  template <typename T>
  static Elf32_Off append(std::string& out, const std::vector<T>& entries) {
    const auto at = static_cast<Elf32_Off>(out.size());
    out.append(reinterpret_cast<const char*>(entries.data()), entries.size() * sizeof(T));
    return at;
  }

  std::string names_ = std::string(1, '\0');
  std::vector<Elf32_Shdr> sections_ = {Elf32_Shdr{}};
  std::vector<Elf32_Phdr> segments_;
  std::vector<Elf32_Sym> symbols_;
};

ImageWriter board_image() {
  ImageWriter image;
  image.section(".text", SHT_PROGBITS, 0x0, 1000);
  image.section(".tmc_weights", SHT_PROGBITS, 0x400, 5000);
  image.section(".stack", SHT_NOBITS, 0x20000000, 4096);
  image.section(".data", SHT_PROGBITS, 0x20001000, 8);
  image.section(".bss", SHT_NOBITS, 0x20001008, 56);
  image.section(".tmc_arena", SHT_NOBITS, 0x20002000, 18000);
  image.segment(0x0, 0x400 + 5000);
  image.segment(0x400 + 5000, 8);
  image.segment(0x20000000, 0);
  image.symbol("kws_run");
  return image;
}

Result<Footprint> footprint_on_mps2(const ImageWriter& writer) {
  auto image = parse_elf(writer.bytes());
  EXPECT_TRUE(image.ok()) << image.status().text();
  const auto target = load_target("mps2-an500");
  EXPECT_TRUE(target.ok());
  return footprint_of(*image, *target);
}

TEST(Elf, ReadsSectionsSegmentsAndSymbols) {
  const auto image = parse_elf(board_image().bytes());
  ASSERT_TRUE(image.ok()) << image.status().text();
  ASSERT_NE(image->find_section(".tmc_weights"), nullptr);
  EXPECT_EQ(image->find_section(".tmc_weights")->bytes, 5000U);
  EXPECT_TRUE(image->find_section(".text")->in_file);
  EXPECT_FALSE(image->find_section(".bss")->in_file);
  EXPECT_EQ(image->find_section(".none"), nullptr);
  EXPECT_EQ(image->segments.size(), 3U);
  ASSERT_EQ(image->symbols.size(), 1U);
  EXPECT_EQ(image->symbols[0].name, "kws_run");
}

TEST(Elf, RefusesOtherFiles) {
  EXPECT_EQ(parse_elf("").status().code(), Error::kMalformed);
  EXPECT_EQ(parse_elf(std::string(4096, 'x')).status().code(), Error::kMalformed);
  std::string wide = board_image().bytes();
  wide[EI_CLASS] = ELFCLASS64;
  EXPECT_EQ(parse_elf(wide).status().code(), Error::kMalformed);
}

TEST(Elf, RefusesEveryTruncation) {
  const std::string whole = board_image().bytes();
  for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
    EXPECT_FALSE(parse_elf(whole.substr(0, bytes)).ok()) << bytes;
  }
}

// Under the sanitizers this is what shows that each offset is checked.
TEST(Elf, SurvivesDamage) {
  const std::string whole = board_image().bytes();
  std::mt19937 random(1);
  int refused = 0;
  for (int i = 0; i < 5000; ++i) {
    std::string damaged = whole;
    damaged[random() % damaged.size()] = static_cast<char>(random());
    refused += parse_elf(damaged).ok() ? 0 : 1;
  }
  EXPECT_GT(refused, 0);
}

TEST(Footprint, CountsEveryByteOnce) {
  const auto footprint = footprint_on_mps2(board_image());
  ASSERT_TRUE(footprint.ok()) << footprint.status().text();
  EXPECT_EQ(footprint->flash.weights, 5000U);
  EXPECT_EQ(footprint->flash.code, 0x400U + 8);
  EXPECT_EQ(footprint->flash.total(), 0x400U + 5000 + 8);
  EXPECT_EQ(footprint->ram.arena, 18000U);
  EXPECT_EQ(footprint->ram.statics, 64U);
  EXPECT_FALSE(footprint->ram.stack.has_value());
  EXPECT_EQ(footprint->ram.total(), 18064U);
}

TEST(Footprint, AddsTheMeasuredStack) {
  RamBytes ram{.arena = 100, .state = 20, .io = 3, .statics = 4, .stack = 1000};
  EXPECT_EQ(ram.total(), 1127U);
}

TEST(Footprint, RefusesAnImageOutsideTheMemory) {
  ImageWriter image = board_image();
  image.section(".lost", SHT_PROGBITS, 0x50000000, 4);
  const auto footprint = footprint_on_mps2(image);
  ASSERT_FALSE(footprint.ok());
  EXPECT_EQ(footprint.status().code(), Error::kInternal);
}

TEST(ForbiddenSymbols, FindsHeapExceptionsAndConstructors) {
  ImageWriter writer = board_image();
  EXPECT_THAT(forbidden_symbols(parse_elf(writer.bytes()).value()), ElementsAre());
  for (const char* name : {"malloc", "_Znwj", "_ZdlPvj", "__cxa_throw", "_Unwind_Resume", "__aeabi_unwind_cpp_pr0",
                           "mallocate", "freeze", "tmc_run"}) {
    writer.symbol(name);
  }
  writer.section(".init_array", SHT_INIT_ARRAY, 0x2000, 4);
  EXPECT_THAT(forbidden_symbols(parse_elf(writer.bytes()).value()),
              ElementsAre(".init_array", "_Unwind_Resume", "_ZdlPvj", "_Znwj", "__aeabi_unwind_cpp_pr0", "__cxa_throw",
                          "malloc"));
}

}  // namespace
}  // namespace tmc::firmware
