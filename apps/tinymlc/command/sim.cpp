// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "command.hpp"

#ifdef TMC_HAS_SIM
#include "tmc/sim/machine.hpp"
#endif

namespace tmc::app {
namespace {

struct SimArguments {
  std::string image;
  double timeout_s = 0;
  uint64_t instructions = 0;
  bool summary = false;
};

#ifdef TMC_HAS_SIM
Result<int> run_sim(const SimArguments& options) {
  TMC_ASSIGN(sim::Image image, sim::Image::read(options.image));
  const auto log = [](std::string_view line) { fmt::print(stderr, "sim: {}\n", line); };
  TMC_ASSIGN(const auto machine, sim::Machine::make(std::move(image), log));
  TMC_ASSIGN(const sim::Outcome outcome, machine->run({options.timeout_s, options.instructions}));
  if (options.summary) {
    fmt::print(stderr, "sim: {} instructions, {} cycles without waits, {:.3f} ms at {:.0f} MHz\n",
               grouped(static_cast<int64_t>(outcome.instructions)), grouped(static_cast<int64_t>(outcome.cycles)),
               static_cast<double>(outcome.cycles) / machine->chip().clocks().core * 1e3,
               machine->chip().clocks().core / 1e6);
  }
  return outcome.exit_code;
}
#else
Result<int> run_sim(const SimArguments&) {
  return error(Error::kBadUsage, "this build has no simulator")
      .with_hint("install libunicorn-dev, and build with TMC_SIM=ON");
}
#endif

}  // namespace

void add_sim(Command& app, Exit& exit) {
  auto* command = app.add_subcommand("sim", "Runs an image of the STM32H743 on a simulator of its core and registers");
  auto options = std::make_shared<SimArguments>();
  command->add_option("image", options->image, "an ELF file for the chip, as it is flashed")->required();
  command->add_option("--timeout", options->timeout_s, "seconds of this computer; 0: none")->capture_default_str();
  command->add_option("--instructions", options->instructions, "the most to run; 0: no limit")->capture_default_str();
  command->add_flag("--summary", options->summary, "says at the end what was run");
  command->callback([options, &exit] {
    const auto code = run_sim(*options);
    if (exit.check(code.status())) exit.code = *code;
  });
}

}  // namespace tmc::app
