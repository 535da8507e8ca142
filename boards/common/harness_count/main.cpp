// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Runs every sample and writes one line for each into `report.txt`:
//   run SAMPLE instructions N stack BYTES
// after one of a model that is to be loaded first:
//   load instructions N
// N counts from the call of the model's function to its return, BYTES is what that call used of the stack.

#include <stdint.h>

#include "board.hpp"
#include "counting.hpp"
#include "loading.hpp"
#include "samples.hpp"
#include "semihosting.hpp"
#include "stack.hpp"
#include "tmc_model.hpp"

namespace tmc::board {
namespace {

struct Cost {
  uint64_t instructions;
  uint32_t stack_bytes;
};

Cost run_once(Arenas arenas, uint64_t overhead) {
  const uint32_t* const top = paint_stack();
  const uint64_t instructions = instructions_of([&] { run_model(arenas); }) - overhead;
  return {instructions, used_stack_bytes(top)};
}

}  // namespace
}  // namespace tmc::board

extern "C" [[noreturn]] void tmc_main() {
  using namespace tmc::board;
  Samples samples;
  File report("report.txt", File::Mode::kWrite);
  const uint64_t overhead = instructions_of([] {});
  if (kLoads) {
    report.write_text("load instructions ");
    report.write_number(instructions_of([] { load_or_exit(); }) - overhead);
    report.write_text("\n");
  }
  for (uint32_t sample = 0; sample < samples.count(); ++sample) {
    const Arenas arenas = samples.load();
    if (sample == 0 || !kKeepsState) reset_model(arenas);
    const Cost cost = run_once(arenas, overhead);
    samples.store_outputs();
    report.write_text("run ");
    report.write_number(sample);
    report.write_text(" instructions ");
    report.write_number(cost.instructions);
    report.write_text(" stack ");
    report.write_number(cost.stack_bytes);
    report.write_text("\n");
  }
  report.close();
  samples.close();
  tmc::board::exit(0);
}
