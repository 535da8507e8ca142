// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs another program and waits for it: no shell, so no argument is ever interpreted. Both output streams are
// captured; the input stream is empty. Safe to call from several threads at once.

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc {

struct Command {
  std::vector<std::string> arguments;  // the first is the program, looked up in PATH
  std::filesystem::path directory;     // where it runs; empty: here
  double timeout_s = 0;                // 0: none

  // The arguments with blanks between them, for messages.
  std::string text() const;
};

struct Finished {
  int exit_code = 0;  // 128 + signal for a program that a signal ended
  std::string out;
  std::string err;
};

// Gets what a program writes to its standard output, as it writes it.
using OnOutput = std::function<void(std::string_view bytes)>;

// kToolMissing when there is no such program, kTimeout after ending one that took too long, kIo when the system
// refuses. A program that ran and failed is no error here.
Result<Finished> run_process(const Command& command, const OnOutput& on_output = {});

// The same, but a nonzero exit code is kToolFailed with the first line of its output that says "error:", or else the
// last line.
Result<Finished> run_checked(const Command& command);

// That kToolFailed, for callers that look at the output first.
Status tool_failure(const Command& command, const Finished& finished);

}  // namespace tmc
