// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/firmware/testing/compiler_headers.hpp"

#include <filesystem>

#include "tmc/base/host/process.hpp"

namespace tmc::firmware {

Status find_only_compiler_headers(Target& target) {
  TMC_ASSIGN(const auto headers, run_checked({{target.toolchain->compiler, "-print-file-name=include"}, {}, 20}));
  const std::string own_headers = headers.out.substr(0, headers.out.find('\n'));
  const std::string sources = (std::filesystem::current_path() / "src").string();
  for (const std::string& flag : {std::string("-nostdinc"), "-isystem" + own_headers, "-I" + sources}) {
    target.toolchain->flags.push_back(flag);
  }
  return {};
}

}  // namespace tmc::firmware
