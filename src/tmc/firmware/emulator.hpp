// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs an image of a harness once: it reads `inputs.bin` and writes its report into the same folder.

#include <filesystem>
#include <sstream>
#include <string>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/process.hpp"
#include "tmc/firmware/build.hpp"

namespace tmc::firmware {

// How long so many runs of the model may take: the target's time-out, which grows with the instructions that the
// firmware is expected to take and with `slowdown`.
double time_limit_s(const Target& target, const Firmware& firmware, std::size_t runs, double slowdown);

// Runs `elf` in `folder`, which then holds what it wrote. kToolFailed with the board's own message, kTimeout.
Status run_emulator(const Target& target, const std::filesystem::path& elf, const std::string& inputs,
                    const std::filesystem::path& folder, double limit_s, const OnOutput& on_output = {});

// Calls `action(line)` for each line of a file, until it fails.
Status for_each_line(const std::filesystem::path& path, const auto& action) {
  TMC_ASSIGN(const std::string text, read_file(path));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) TMC_TRY(action(line));
  return {};
}

}  // namespace tmc::firmware
