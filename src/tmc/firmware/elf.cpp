// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/elf.hpp"

#include <elf.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "tmc/base/host/files.hpp"

static_assert(std::endian::native == std::endian::little, "the structures of elf.h are read as they lie in the file");

namespace tmc::firmware {
namespace {

Status malformed(std::string_view what) {
  return error(Error::kMalformed, "not a sound ELF file: {}", what);
}

// The file, with every access checked.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <typename T>
  Result<std::vector<T>> table(std::uint64_t offset, std::uint64_t count, std::uint64_t entry_bytes) const {
    std::vector<T> entries;
    if (count == 0) return entries;
    if (entry_bytes != sizeof(T)) return malformed("a table has entries of another size");
    if (offset > bytes_.size() || count > (bytes_.size() - offset) / sizeof(T)) {
      return malformed("a table lies outside the file");
    }
    entries.resize(count);
    std::memcpy(entries.data(), bytes_.data() + offset, count * sizeof(T));
    return entries;
  }

  Result<std::string_view> slice(std::uint64_t offset, std::uint64_t count) const {
    if (offset > bytes_.size() || count > bytes_.size() - offset) return malformed("a section lies outside the file");
    return bytes_.substr(offset, count);
  }

 private:
  std::string_view bytes_;
};

Result<std::string> name_at(std::string_view names, std::uint32_t offset) {
  if (offset >= names.size()) return malformed("a name lies outside its table");
  const auto end = names.find('\0', offset);
  if (end == names.npos) return malformed("a name does not end");
  return std::string(names.substr(offset, end - offset));
}

Result<std::string_view> string_table(const Reader& file, const std::vector<Elf32_Shdr>& headers, std::uint32_t index) {
  if (index >= headers.size() || headers[index].sh_type != SHT_STRTAB) return malformed("a string table is missing");
  return file.slice(headers[index].sh_offset, headers[index].sh_size);
}

Status read_symbols(const Reader& file, const std::vector<Elf32_Shdr>& headers, const Elf32_Shdr& header,
                    std::vector<ElfSymbol>& symbols) {
  TMC_ASSIGN(const std::string_view names, string_table(file, headers, header.sh_link));
  TMC_ASSIGN(const auto entries,
             file.table<Elf32_Sym>(header.sh_offset, header.sh_size / sizeof(Elf32_Sym), header.sh_entsize));
  for (const Elf32_Sym& entry : entries) {
    TMC_ASSIGN(std::string name, name_at(names, entry.st_name));
    if (name.empty()) continue;
    symbols.push_back({std::move(name), entry.st_value, entry.st_size, entry.st_shndx == SHN_UNDEF,
                       ELF32_ST_TYPE(entry.st_info) == STT_FUNC});
  }
  return {};
}

}  // namespace

const ElfSection* ElfImage::find_section(std::string_view name) const {
  const auto found = std::find_if(sections.begin(), sections.end(),
                                  [name](const ElfSection& section) { return section.name == name; });
  return found == sections.end() ? nullptr : &*found;
}

Result<ElfImage> parse_elf(std::string_view bytes) {
  const Reader file(bytes);
  TMC_ASSIGN(const auto start, file.table<Elf32_Ehdr>(0, 1, sizeof(Elf32_Ehdr)));
  const Elf32_Ehdr& header = start[0];
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return malformed("it does not begin with the ELF mark");
  if (header.e_ident[EI_CLASS] != ELFCLASS32 || header.e_ident[EI_DATA] != ELFDATA2LSB) {
    return malformed("it is not 32-bit little-endian");
  }
  TMC_ASSIGN(const auto segments, file.table<Elf32_Phdr>(header.e_phoff, header.e_phnum, header.e_phentsize));
  TMC_ASSIGN(const auto sections, file.table<Elf32_Shdr>(header.e_shoff, header.e_shnum, header.e_shentsize));
  TMC_ASSIGN(const std::string_view names, string_table(file, sections, header.e_shstrndx));

  ElfImage image;
  for (const Elf32_Phdr& segment : segments) {
    if (segment.p_type != PT_LOAD) continue;
    image.segments.push_back({segment.p_paddr, segment.p_filesz, segment.p_offset});
  }
  for (const Elf32_Shdr& section : sections) {
    TMC_ASSIGN(std::string name, name_at(names, section.sh_name));
    image.sections.push_back({std::move(name), section.sh_addr, section.sh_size, (section.sh_flags & SHF_ALLOC) != 0,
                              section.sh_type != SHT_NOBITS});
    if (section.sh_type == SHT_SYMTAB) TMC_TRY(read_symbols(file, sections, section, image.symbols));
  }
  return image;
}

Result<ElfImage> read_elf(const std::filesystem::path& path) {
  TMC_ASSIGN(const std::string bytes, read_file(path));
  auto image = parse_elf(bytes);
  if (!image.ok()) return std::move(image).status().in_file(path.string());
  return image;
}

}  // namespace tmc::firmware
