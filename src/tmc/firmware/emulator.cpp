// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/emulator.hpp"

#include <algorithm>

namespace tmc::firmware {
namespace {

// A target's time-out is for this many samples, and for as many instructions as take no time worth speaking of.
constexpr std::size_t kRunsPerTimeout = 100;
// What is known to be longer gets a second for each so many instructions: a thirtieth of what an idle machine emulates.
constexpr double kLeastInstructionsPerSecond = 1e7;

}  // namespace

double time_limit_s(const Target& target, const Firmware& firmware, std::size_t runs, double slowdown) {
  const std::size_t starts = 1 + runs / kRunsPerTimeout;
  const double instructions = firmware.expected_instructions * static_cast<double>(runs);
  return target.run.timeout_s * static_cast<double>(starts) + slowdown * instructions / kLeastInstructionsPerSecond;
}

Status run_emulator(const Target& target, const std::filesystem::path& elf, const std::string& inputs,
                    const std::filesystem::path& folder, double limit_s, const OnOutput& on_output) {
  TMC_TRY(write_file(folder / "inputs.bin", inputs));
  Command command{target.run.command, folder, limit_s};
  std::replace(command.arguments.begin(), command.arguments.end(), std::string("{elf}"),
               std::filesystem::absolute(elf).string());
  TMC_ASSIGN(const Finished finished, run_process(command, on_output));
  if (finished.exit_code == 0) return {};
  const std::string said = finished.err.empty() ? finished.out : finished.err;
  return error(Error::kToolFailed, "the run on {} ended with exit code {}: {}", target.name, finished.exit_code,
               said.empty() ? "no message" : said);
}

}  // namespace tmc::firmware
