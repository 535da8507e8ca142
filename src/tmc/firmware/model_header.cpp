// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/model_header.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <numeric>
#include <optional>
#include <sstream>

#include "tmc/base/host/number.hpp"

namespace tmc::firmware {
namespace {

using Definitions = std::map<std::string, std::uint32_t, std::less<>>;

constexpr std::string_view kArenaBytes = "_ARENA_BYTES";

// The value of a literal such as 64, 64u or (64).
std::optional<std::uint32_t> parse_literal(std::string_view text) {
  if (text.starts_with('(') && text.ends_with(')')) text = text.substr(1, text.size() - 2);
  while (!text.empty() && std::string_view("uUlL").find(text.back()) != text.npos) text.remove_suffix(1);
  std::uint32_t value = 0;
  return tmc::parse_number(text, value) ? std::optional(value) : std::nullopt;
}

Definitions parse_definitions(const std::string& text) {
  Definitions definitions;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string directive, name, literal;
    words >> directive >> name >> literal;
    if (directive != "#define") continue;
    if (const auto value = parse_literal(literal)) definitions.emplace(name, *value);
  }
  return definitions;
}

std::optional<std::string> find_prefix(const Definitions& definitions) {
  for (const auto& [name, value] : definitions) {
    if (name.ends_with(kArenaBytes)) return name.substr(0, name.size() - kArenaBytes.size());
  }
  return std::nullopt;
}

Result<std::uint32_t> lookup(const Definitions& definitions, const std::string& name) {
  const auto found = definitions.find(name);
  if (found == definitions.end()) return error(Error::kMalformed, "it does not define {} as a number", name);
  return found->second;
}

Result<std::vector<std::uint32_t>> read_arenas(const Definitions& definitions, const std::string& prefix) {
  std::vector<std::uint32_t> bytes(1);
  const auto count = definitions.find(prefix + "_ARENA_COUNT");
  if (count == definitions.end()) {
    TMC_ASSIGN(bytes.front(), lookup(definitions, prefix + std::string(kArenaBytes)));
    return bytes;
  }
  bytes.clear();
  for (std::uint32_t i = 0; i < count->second; ++i) {
    std::uint32_t arena = 0;
    TMC_ASSIGN(arena, lookup(definitions, fmt::format("{}_ARENA{}_BYTES", prefix, i)));
    bytes.push_back(arena);
  }
  return bytes;
}

// `stem` is PREFIX_INPUT or PREFIX_OUTPUT.
Status read_regions(const Definitions& definitions, const std::string& stem,
                    const std::vector<std::uint32_t>& arena_bytes, std::vector<Region>& regions) {
  TMC_ASSIGN(const std::uint32_t count, lookup(definitions, stem + "_COUNT"));
  if (count == 0 && stem.ends_with("_OUTPUT")) {
    return error(Error::kMalformed, "{}_COUNT is 0: there is nothing to read", stem);
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string name = fmt::format("{}{}", stem, i);
    Region region;
    TMC_ASSIGN(region.offset, lookup(definitions, name + "_OFFSET"));
    TMC_ASSIGN(region.bytes, lookup(definitions, name + "_BYTES"));
    if (arena_bytes.size() > 1) {
      TMC_ASSIGN(region.arena, lookup(definitions, name + "_ARENA"));
    }
    const std::uint32_t arena = region.arena < arena_bytes.size() ? arena_bytes[region.arena] : 0;
    if (region.offset > arena || region.bytes > arena - region.offset) {
      return error(Error::kMalformed, "{} lies outside the arena", name);
    }
    regions.push_back(region);
  }
  return {};
}

// The model's name, by the declaration of its function.
Result<std::string> find_name(std::string_view text) {
  constexpr std::string_view kReturn = "void ";
  constexpr std::string_view kRest = "_run(void*";
  const auto rest = text.find(kRest);
  const auto start = rest == text.npos ? rest : text.rfind(kReturn, rest);
  const std::string_view name =
      start == text.npos ? "" : text.substr(start + kReturn.size(), rest - start - kReturn.size());
  const bool is_name = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char letter) {
    return std::isalnum(letter) != 0 || letter == '_';
  });
  if (!is_name) return error(Error::kMalformed, "it does not declare a function 'void NAME_run(void* arena)'");
  return std::string(name);
}

std::uint64_t sum_bytes(const std::vector<Region>& regions) {
  return std::accumulate(regions.begin(), regions.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const Region& region) { return sum + region.bytes; });
}

}  // namespace

std::uint64_t ModelHeader::input_bytes() const {
  return sum_bytes(inputs);
}
std::uint64_t ModelHeader::output_bytes() const {
  return sum_bytes(outputs);
}

Result<ModelHeader> parse_model_header(std::string_view text) {
  const std::string copy(text);
  const Definitions definitions = parse_definitions(copy);
  const auto prefix = find_prefix(definitions);
  if (!prefix) return error(Error::kMalformed, "it does not define NAME_ARENA_BYTES");
  ModelHeader header;
  TMC_ASSIGN(const std::string name, find_name(copy));
  header.run_function = name + "_run";
  if (definitions.contains(*prefix + "_STATE_BYTES")) header.reset_function = name + "_reset";
  if (copy.find(fmt::format("const char* {}_load(", name)) != copy.npos) header.load_function = name + "_load";
  TMC_ASSIGN(header.arena_bytes, read_arenas(definitions, *prefix));
  TMC_ASSIGN(header.arena_align, lookup(definitions, *prefix + "_ARENA_ALIGN"));
  TMC_TRY(read_regions(definitions, *prefix + "_INPUT", header.arena_bytes, header.inputs));
  TMC_TRY(read_regions(definitions, *prefix + "_OUTPUT", header.arena_bytes, header.outputs));
  return header;
}

}  // namespace tmc::firmware
