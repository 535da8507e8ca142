// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/image.hpp"

#include <fmt/format.h>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/process.hpp"
#include "tmc/firmware/elf.hpp"

namespace tmc::sim {

Result<Image> Image::read(const std::filesystem::path& path) {
  TMC_ASSIGN(const std::string bytes, read_file(path));
  auto elf = firmware::parse_elf(bytes);
  if (!elf.ok()) return std::move(elf).status().in_file(path.string());
  Image image;
  image.path_ = path;
  for (const firmware::ElfSegment& segment : elf->segments) {
    if (segment.file_bytes == 0) continue;
    if (segment.file_offset > bytes.size() || segment.file_bytes > bytes.size() - segment.file_offset) {
      return error(Error::kMalformed, "a segment lies outside the file").in_file(path.string());
    }
    image.segments_.push_back({segment.load_address, bytes.substr(segment.file_offset, segment.file_bytes)});
  }
  for (const firmware::ElfSymbol& symbol : elf->symbols) {
    if (symbol.function) image.functions_[symbol.address & ~1U] = symbol.name;
  }
  return image;
}

bool Image::holds_code(uint32_t address) const {
  for (const Segment& segment : segments_) {
    if (address - segment.address < segment.bytes.size()) return true;
  }
  return false;
}

std::string Image::function(uint32_t address) const {
  const auto after = functions_.upper_bound(address);
  if (after == functions_.begin() || !holds_code(address)) return {};
  const auto& [begin, name] = *std::prev(after);
  return fmt::format("{}+0x{:X}", name, address - begin);
}

std::string Image::describe(uint32_t address) const {
  const std::string name = function(address);
  if (name.empty()) return {};
  const Command command{
      {"arm-none-eabi-addr2line", "-C", "-s", "-e", path_.string(), fmt::format("0x{:X}", address)}, {}, 10};
  const auto line = run_process(command);
  if (!line.ok() || line->exit_code != 0 || line->out.starts_with("?")) return name;
  return fmt::format("{} ({})", name, line->out.substr(0, line->out.find('\n')));
}

}  // namespace tmc::sim
