// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "simulator.hpp"

#include <filesystem>

namespace tmc::app {
namespace {

#ifdef TMC_HAS_SIM
constexpr bool kBuilt = true;
#else
constexpr bool kBuilt = false;
#endif

// Other programs use these objects too, the Python package for one, and have no subcommand `sim`.
bool is_command_line() {
  std::error_code failed;
  return std::filesystem::read_symlink("/proc/self/exe", failed).filename() == "tinymlc";
}

}  // namespace

Target with_simulator(Target target) {
  if (!kBuilt || target.run.method != RunMethod::kSimulator || !is_command_line()) return target;
  target.run.method = RunMethod::kEmulator;
  target.run.command = {"/proc/self/exe", "sim", "{elf}"};
  return target;
}

}  // namespace tmc::app
