// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <span>

#include "command.hpp"

namespace tmc::app {
std::span<const CommandEntry> command_table();  // generated from command/
}

int main(int argc, char** argv) {
  tmc::app::Command app("tinymlc", "From a trained model to a program for a microcontroller.", TMC_VERSION);
  tmc::app::Exit exit;
  for (const tmc::app::CommandEntry& entry : tmc::app::command_table()) entry.add(app, exit);
  return app.parse(argc, argv).value_or(exit.code);
}
