// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// One compiler call for each source, several at a time.

#include <filesystem>
#include <string>
#include <vector>

#include "tmc/base/host/process.hpp"
#include "tmc/base/host/status.hpp"

namespace tmc::firmware {

inline constexpr double kToolTimeoutS = 300;

struct CompileJob {
  std::filesystem::path source;
  std::filesystem::path object;
  std::vector<std::string> flags;
};

// The C++ and assembly sources that lie in `folder` itself, sorted. kNotFound when there is no such folder.
Result<std::vector<std::filesystem::path>> sources_in(const std::filesystem::path& folder);

// Runs the jobs two at a time and returns the failure of the first that failed, in the order of `jobs`, with the
// compiler's own message.
Status compile_all(const std::string& compiler, const std::vector<CompileJob>& jobs);

// Runs a linker call; kDoesNotFit, with the region and the excess, when the image is larger than the target's memory.
Status run_linker(const Command& command);

}  // namespace tmc::firmware
