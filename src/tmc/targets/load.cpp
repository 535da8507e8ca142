// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Data files to `Target`.

#include <fmt/ranges.h>

#include <algorithm>

#include "tmc/targets/embedded_targets.hpp"
#include "tmc/targets/target.hpp"
#include "tmc/targets/yaml_reader.hpp"

namespace tmc {
namespace {

using targets::YamlReader;

constexpr std::string_view kEnding = ".yaml";
constexpr std::string_view kCoreFolder = "core/";

Result<Toolchain> read_toolchain(const YAML::Node& node) {
  Toolchain toolchain;
  YamlReader reader(node, "toolchain");
  reader.required("compiler", toolchain.compiler);
  reader.required("disassembler", toolchain.disassembler);
  reader.required("flags", toolchain.flags);
  reader.required("speed", toolchain.speed);
  reader.required("balanced", toolchain.balanced);
  reader.required("size", toolchain.size);
  reader.required("link_flags", toolchain.link_flags);
  TMC_TRY(reader.finish());
  return toolchain;
}

Result<IssueRules> read_issue(const YAML::Node& node) {
  IssueRules rules;
  YamlReader reader(node, "issue");
  const std::pair<const char*, int*> keys[] = {{"width", &rules.width},
                                               {"loads", &rules.loads},
                                               {"stores", &rules.stores},
                                               {"multiplies", &rules.multiplies},
                                               {"load_latency", &rules.load_latency},
                                               {"multiply_latency", &rules.multiply_latency},
                                               {"divide_cycles", &rules.divide_cycles}};
  for (const auto& [key, value] : keys) {
    reader.required(key, *value);
    if (*value < 1) reader.fail(fmt::format("needs at least 1 for key '{}'", key));
  }
  TMC_TRY(reader.finish());
  return rules;
}

// Fills in what `data/core/NAME.yaml` says.
Status load_core(Target& target) {
  const EmbeddedFile* const file = targets::find_data_file(fmt::format("{}{}{}", kCoreFolder, target.core, kEnding));
  if (file == nullptr) return error(Error::kMalformed, "unknown core '{}'", target.core);
  TMC_ASSIGN(const YAML::Node root, targets::parse_yaml(file->text));
  YamlReader reader(root, "core " + target.core);
  reader.required("startup", target.startup);
  TMC_ASSIGN(target.toolchain, read_toolchain(reader.node("toolchain")));
  if (reader.has("issue")) {
    TMC_ASSIGN(target.issue, read_issue(reader.node("issue")));
  }
  return reader.finish();
}

Status read_region(const YAML::Node& node, std::size_t index, std::vector<MemoryRegion>& memory) {
  MemoryRegion region;
  std::string kind;
  YamlReader reader(node, fmt::format("memory[{}]", index));
  reader.required("name", region.name);
  reader.required("kind", kind);
  reader.required("base", region.base);
  reader.required_bytes("size", region.bytes);
  reader.optional("read_cycles", region.read_cycles);
  reader.optional("arena", region.for_arena);
  if (kind != "flash" && kind != "ram") reader.fail("has a kind that is neither flash nor ram");
  region.kind = kind == "flash" ? MemoryKind::kFlash : MemoryKind::kRam;
  if (region.bytes == 0) reader.fail("has no bytes");
  if (region.kind == MemoryKind::kFlash && region.for_arena) reader.fail("offers flash to an arena");
  for (const MemoryRegion& other : memory) {
    if (region.base < other.base + other.bytes && other.base < region.base + region.bytes) {
      reader.fail("overlaps region " + other.name);
    }
  }
  TMC_TRY(reader.finish());
  memory.push_back(std::move(region));
  return {};
}

Result<Board> read_board(const YAML::Node& node) {
  Board board;
  YamlReader reader(node, "board");
  reader.required("linker_script", board.linker_script);
  reader.required("stack_region", board.stack_region);
  reader.required_bytes("stack_size", board.stack_bytes);
  TMC_TRY(reader.finish());
  return board;
}

Result<Runner> read_runner(const YAML::Node& node) {
  Runner runner;
  std::string method;
  YamlReader reader(node, "run");
  reader.required("method", method);
  if (method == "emulator") {
    runner.method = RunMethod::kEmulator;
    reader.required("command", runner.command);
    reader.optional("trace_arguments", runner.trace_arguments);
    reader.required("timeout_s", runner.timeout_s);
    const auto images = std::count(runner.command.begin(), runner.command.end(), "{elf}");
    if (images != 1) reader.fail("needs '{elf}' once in its command");
  } else if (method == "simulator") {
    runner.method = RunMethod::kSimulator;
    reader.required("timeout_s", runner.timeout_s);
  } else if (method == "in-process") {
    runner.method = RunMethod::kInProcess;
  } else if (method != "none") {
    reader.fail("has a method that is none of none, in-process, emulator, simulator");
  }
  TMC_TRY(reader.finish());
  return runner;
}

Status read_memory(const YAML::Node& node, std::vector<MemoryRegion>& memory) {
  if (node.IsDefined() && !node.IsNull() && !node.IsSequence()) {
    return error(Error::kMalformed, "memory is not a list");
  }
  for (std::size_t i = 0; i < node.size(); ++i) TMC_TRY(read_region(node[i], i, memory));
  return {};
}

// What no single key can tell.
Status check(const Target& target) {
  if (target.isa.empty() || target.isa.back() != "portable") {
    return error(Error::kMalformed, "isa does not end in portable, which every kernel has");
  }
  if (!target.in_process_isa.empty()) {
    if (target.run.method != RunMethod::kInProcess) {
      return error(Error::kMalformed, "in_process_isa is of targets that run in-process");
    }
    if (target.in_process_isa.back() != "portable") {
      return error(Error::kMalformed, "in_process_isa does not end in portable, which every kernel has");
    }
  }
  if (!target.board) {
    if (target.run.method == RunMethod::kEmulator) return error(Error::kMalformed, "an emulator runs boards only");
    return {};
  }
  if (target.core.empty()) return error(Error::kMalformed, "a board needs a core");
  const MemoryRegion* const stack = target.find_region(target.board->stack_region);
  if (stack == nullptr || stack->kind != MemoryKind::kRam || stack->bytes < target.board->stack_bytes) {
    return error(Error::kMalformed, "stack_region '{}' is no RAM that holds the stack", target.board->stack_region);
  }
  const bool arena = std::any_of(target.memory.begin(), target.memory.end(),
                                 [](const MemoryRegion& region) { return region.for_arena; });
  if (!arena) return error(Error::kMalformed, "no memory region is open to the arena");
  return {};
}

Result<Target> read_target(const YAML::Node& root, std::string_view name) {
  Target target;
  target.name = name;
  YamlReader reader(root, "the target");
  reader.required("title", target.title);
  reader.required("isa", target.isa);
  reader.optional("in_process_isa", target.in_process_isa);
  reader.optional("core", target.core);
  reader.optional("clock_hz", target.clock_hz);
  TMC_TRY(read_memory(reader.node("memory"), target.memory));
  if (const YAML::Node node = reader.node("board"); node.IsMap()) {
    TMC_ASSIGN(target.board, read_board(node));
  }
  TMC_ASSIGN(target.run, read_runner(reader.node("run")));
  TMC_TRY(reader.finish());
  if (!target.core.empty()) TMC_TRY(load_core(target));
  TMC_TRY(check(target));
  return target;
}

std::vector<std::string> list_targets() {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : targets::data_files()) {
    if (file.path.find('/') != file.path.npos) continue;  // of cores and costs
    names.emplace_back(file.path.substr(0, file.path.size() - kEnding.size()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

const EmbeddedFile* targets::find_data_file(std::string_view path) {
  const auto file = std::ranges::find(data_files(), path, &EmbeddedFile::path);
  return file == data_files().end() ? nullptr : &*file;
}

const std::vector<std::string>& target_names() {
  static const std::vector<std::string> names = list_targets();
  return names;
}

Result<Target> parse_target(std::string_view yaml, std::string_view file) {
  auto root = targets::parse_yaml(yaml);
  if (!root.ok()) return std::move(root).status().in_file(file);
  const std::string_view base = file.substr(file.rfind('/') + 1);
  auto target = read_target(*root, base.substr(0, base.rfind(kEnding)));
  if (!target.ok()) return std::move(target).status().in_file(file);
  return target;
}

Target in_process(Target target) {
  if (!target.in_process_isa.empty()) target.isa = target.in_process_isa;
  return target;
}

Result<Target> load_target(std::string_view name) {
  const auto& names = target_names();
  const EmbeddedFile* const file = targets::find_data_file(fmt::format("{}{}", name, kEnding));
  if (file == nullptr || std::find(names.begin(), names.end(), name) == names.end()) {
    return error(Error::kBadUsage, "unknown target '{}'", name)
        .with_hint(fmt::format("choose one of {}", fmt::join(names, ", ")));
  }
  return parse_target(file->text, fmt::format("targets/data/{}", file->path));
}

}  // namespace tmc
