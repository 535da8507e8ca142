// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/footprint.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>

namespace tmc::firmware {
namespace {

const MemoryRegion* region_at(const Target& target, std::uint64_t address) {
  for (const MemoryRegion& region : target.memory) {
    if (address >= region.base && address - region.base < region.bytes) return &region;
  }
  return nullptr;
}

Result<MemoryKind> kind_at(const Target& target, std::uint64_t address, std::string_view what) {
  const MemoryRegion* const region = region_at(target, address);
  if (region != nullptr) return region->kind;
  return error(Error::kInternal, "{} lies at {:#x}, where {} has no memory", what, address, target.name);
}

bool holds(const ElfSection* section, std::uint64_t address) {
  return section != nullptr && address >= section->address && address - section->address < section->bytes;
}

std::vector<CodeSymbol> code_symbols_of(const ElfImage& image, const Target& target) {
  const ElfSection* const weights = image.find_section(".tmc_weights");
  std::vector<CodeSymbol> symbols;
  for (const ElfSymbol& symbol : image.symbols) {
    const MemoryRegion* const region = symbol.undefined ? nullptr : region_at(target, symbol.address);
    if (region == nullptr || region->kind != MemoryKind::kFlash || symbol.bytes == 0) continue;
    if (!holds(weights, symbol.address)) symbols.push_back({symbol.name, symbol.bytes});
  }
  std::ranges::stable_sort(symbols, std::greater<>(), &CodeSymbol::bytes);
  return symbols;
}

// Heap and stdio of the C library.
constexpr std::array<std::string_view, 16> kForbiddenNames = {
    "malloc",   "free",          "calloc",         "realloc", "_malloc_r", "_free_r", "_calloc_r", "_realloc_r",
    "memalign", "aligned_alloc", "posix_memalign", "sbrk",    "_sbrk",     "abort",   "printf",    "fprintf"};

// Mangled names of C++, and its run-time support.
constexpr std::array<std::string_view, 13> kForbiddenPrefixes = {
    "_Znw",              // operator new
    "_Zna",              // operator new[]
    "_Zdl",              // operator delete
    "_Zda",              // operator delete[]
    "_ZTI",              // type information
    "_ZSt9terminate",    // std::terminate
    "__cxa_",            // throw, catch, guards, atexit, pure virtual calls
    "__aeabi_atexit",    // destructors of globals
    "__aeabi_unwind_",   // unwinding, Arm
    "_Unwind_",          // unwinding, generic
    "__gnu_unwind_",     // unwinding, GNU
    "__gxx_",            // the personality routine
    "__stack_chk_fail",  // stack protector, which ends in abort
};

constexpr std::array<std::string_view, 7> kForbiddenSections = {
    ".ARM.exidx", ".ARM.extab", ".eh_frame", ".init_array", ".fini_array", ".preinit_array", ".ctors"};

bool is_forbidden(std::string_view name) {
  const auto starts = [name](std::string_view prefix) { return name.starts_with(prefix); };
  return std::find(kForbiddenNames.begin(), kForbiddenNames.end(), name) != kForbiddenNames.end() ||
         std::any_of(kForbiddenPrefixes.begin(), kForbiddenPrefixes.end(), starts);
}

}  // namespace

Result<Footprint> footprint_of(const ElfImage& image, const Target& target) {
  Footprint footprint;
  std::uint64_t image_bytes = 0;
  for (const ElfSegment& segment : image.segments) {
    if (segment.file_bytes == 0) continue;
    TMC_ASSIGN(const MemoryKind kind, kind_at(target, segment.load_address, "a segment"));
    if (kind == MemoryKind::kFlash) image_bytes += segment.file_bytes;
  }
  for (const ElfSection& section : image.sections) {
    if (!section.allocated || section.bytes == 0 || section.name == ".stack") continue;
    TMC_ASSIGN(const MemoryKind kind, kind_at(target, section.address, "section " + section.name));
    if (section.in_file) footprint.flash_sections.push_back({section.name, section.bytes});
    if (section.name == ".tmc_weights" || section.name == ".tmc_pinned") footprint.flash.weights += section.bytes;
    if (kind == MemoryKind::kFlash) continue;
    std::uint64_t& entry = section.name.starts_with(".tmc_arena") ? footprint.ram.arena
                           : section.name == ".tmc_state"         ? footprint.ram.state
                           : section.name == ".tmc_io"            ? footprint.ram.io
                                                                  : footprint.ram.statics;
    entry += section.bytes;
  }
  if (footprint.flash.weights > image_bytes)
    return error(Error::kInternal, "the image holds fewer bytes than its weights");
  footprint.flash.code = image_bytes - footprint.flash.weights;
  footprint.code_symbols = code_symbols_of(image, target);
  return footprint;
}

std::vector<std::string> forbidden_symbols(const ElfImage& image) {
  std::vector<std::string> found;
  for (const ElfSymbol& symbol : image.symbols) {
    if (is_forbidden(symbol.name)) found.push_back(symbol.name);
  }
  for (const ElfSection& section : image.sections) {
    const bool forbidden =
        std::find(kForbiddenSections.begin(), kForbiddenSections.end(), section.name) != kForbiddenSections.end();
    if (forbidden && section.bytes != 0) found.push_back(section.name);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace tmc::firmware
