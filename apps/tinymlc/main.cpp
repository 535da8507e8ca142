// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <span>

#include "command.hpp"

namespace tmc::app {
std::span<const CommandEntry> command_table();  // generated from command/
}

int main(int argc, char** argv) {
  CLI::App app("From a trained model to a program for a microcontroller.", "tinymlc");
  app.require_subcommand(1);
  app.set_version_flag("--version", TMC_VERSION);
  tmc::app::Exit exit;
  for (const tmc::app::CommandEntry& entry : tmc::app::command_table()) entry.add(app, exit);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    // Help and version end with 0, every wrong use with 2.
    return app.exit(wrong) == 0 ? 0 : 2;
  }
  return exit.code;
}
