// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The compilers that a generated folder must build with, as far as they are installed.

#include <filesystem>
#include <string>
#include <vector>

#include "tmc/base/host/process.hpp"

namespace tmc::testing {

// As strict as a user's build may be.
inline const std::vector<std::string> kStrictFlags = {"-Wall",   "-Wextra",         "-Wpedantic", "-Wshadow",
                                                      "-Werror", "-fno-exceptions", "-fno-rtti"};

inline bool is_installed(const std::string& tool) {
  return run_process({{tool, "--version"}, {}, 60}).ok();
}

// Runs `arguments` in `folder`; the text of what went wrong, empty where nothing did.
inline std::string failure_of(const std::vector<std::string>& arguments, const std::filesystem::path& folder) {
  const auto finished = run_process({arguments, folder, 300});
  if (!finished.ok()) return finished.status().text();
  return finished->exit_code == 0 ? "" : finished->out + finished->err + "\n(exit code not 0)";
}

}  // namespace tmc::testing
