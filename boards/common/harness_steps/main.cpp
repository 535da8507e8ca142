// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Runs every sample with the model's step hook compiled in. For each step of each sample `report.txt` receives
//   step SAMPLE STEP instructions N
// and `dumps.bin` the regions of the arena that `kDumps` lists for that step, in the order of the steps.

#include <stdint.h>

#include "board.hpp"
#include "counter.hpp"
#include "loading.hpp"
#include "samples.hpp"
#include "semihosting.hpp"
#include "tmc_model.hpp"

namespace tmc::board {
namespace {

// What the hook needs while a sample runs.
struct Trace {
  File report{"report.txt", File::Mode::kWrite};
  File dumps{"dumps.bin", File::Mode::kWrite};
  uint32_t sample = 0;
  const Arenas* arenas = nullptr;  // null while the hook's own cost is measured
  uint64_t hook_cost = 0;          // instructions between two calls of the hook with nothing between them
  Reading previous_end{};          // the counter when the hook last returned
};

Trace* trace = nullptr;

void record(uint32_t step, uint64_t instructions) {
  trace->report.write_text("step ");
  trace->report.write_number(trace->sample);
  trace->report.write_text(" ");
  trace->report.write_number(step);
  trace->report.write_text(" instructions ");
  trace->report.write_number(instructions);
  trace->report.write_text("\n");
  for (uint32_t i = 0; i < kDumpCount; ++i) {
    if (kDumps[i].step == step) {
      trace->dumps.write(trace->arenas->begin[kDumps[i].arena] + kDumps[i].offset, kDumps[i].bytes);
    }
  }
}

void restart() {
  counter_start();
  trace->previous_end = counter_read();
}

}  // namespace
}  // namespace tmc::board

extern "C" [[gnu::noinline]] void tmc_step_hook(unsigned step) {
  using namespace tmc::board;
  const Reading now = counter_read();
  const uint64_t instructions = counter_instructions(trace->previous_end, now);
  if (trace->arenas == nullptr) {
    trace->hook_cost = instructions;
  } else {
    record(step, instructions - trace->hook_cost);
  }
  restart();
}

extern "C" [[noreturn]] void tmc_main() {
  using namespace tmc::board;
  load_or_exit();
  Samples samples;
  Trace state;
  trace = &state;
  tmc_step_hook(0);
  tmc_step_hook(1);
  for (; state.sample < samples.count(); ++state.sample) {
    const Arenas arenas = samples.load();
    state.arenas = &arenas;
    if (state.sample == 0 || !kKeepsState) reset_model(arenas);
    restart();
    run_model(arenas);
    samples.store_outputs();
  }
  state.report.close();
  state.dumps.close();
  samples.close();
  tmc::board::exit(0);
}
