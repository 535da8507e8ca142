// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// `verify` without a word to the terminal.

#include "command.hpp"
#include "tmc/check/verify.hpp"

namespace tmc::app {

struct VerifyArguments {
  ModelOptions model;
  check::VerifyOptions verify;
  std::vector<std::string> inputs;
  std::string dump;

  void add_to(Command& command);
};

Result<check::VerifyReport> verify_model(const VerifyArguments& arguments, const Show& show);

}  // namespace tmc::app
