// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "command.hpp"
#include "simulator.hpp"

namespace tmc::app {
namespace {

const char* run_text(RunMethod method) {
  switch (method) {
    case RunMethod::kNone:
      return "linked only";
    case RunMethod::kInProcess:
      return "in process";
    case RunMethod::kEmulator:
      return "emulator";
    case RunMethod::kSimulator:
      return "linked only";
  }
  return "";
}

Json to_json(const Target& target) {
  Json memory = Json::array();
  for (const MemoryRegion& region : target.memory) {
    memory.push_back({{"name", region.name},
                      {"kind", region.kind == MemoryKind::kFlash ? "flash" : "ram"},
                      {"base", region.base},
                      {"bytes", region.bytes}});
  }
  return {{"name", target.name},
          {"title", target.title},
          {"isa", target.isa},
          {"core", target.core},
          {"run", run_text(target.run.method)},
          {"memory", std::move(memory)}};
}

Status list_targets(bool json) {
  Json all = Json::array();
  std::vector<std::vector<std::string>> rows = {{"target", "flash", "ram", "runs", "what"}};
  for (const std::string& name : target_names()) {
    TMC_ASSIGN(Target loaded, load_target(name));
    const Target target = with_simulator(std::move(loaded));
    all.push_back(to_json(target));
    const auto size = [&](MemoryKind kind) {
      const uint64_t bytes = target.bytes_of(kind);
      return bytes ? fmt::format("{} kB", bytes / 1024) : std::string("-");
    };
    rows.push_back({name, size(MemoryKind::kFlash), size(MemoryKind::kRam), run_text(target.run.method), target.title});
  }
  fmt::print("{}", json ? all.dump(2) + "\n" : table(rows));
  return {};
}

}  // namespace

void add_targets(Command& app, Exit& exit) {
  auto* command = app.add_subcommand("targets", "What models can be compiled for");
  auto json = std::make_shared<bool>(false);
  command->add_flag("--json", *json, "for machines");
  command->callback([json, &exit] { exit.check(list_targets(*json)); });
}

}  // namespace tmc::app
