// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs the harness images of a board and reads what they report.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tmc/firmware/build.hpp"

namespace tmc::firmware {

// The bytes of all inputs of one sample, one after the other in the order of the model; outputs in the same way.
using SampleBytes = std::string;

struct SampleRun {
  SampleBytes outputs;
  std::uint64_t instructions = 0;  // exact, from the call of the model's function to its return
  std::uint64_t stack_bytes = 0;   // the deepest use of that call
};

struct CountedRuns {
  std::optional<std::uint64_t> load_instructions;  // once, before the first run, of a model that is loaded
  std::vector<SampleRun> samples;
};

struct TracedSample {
  SampleBytes outputs;
  std::vector<std::uint64_t> step_instructions;
  std::vector<std::string> dumps;  // the arena regions of `Firmware::dumps`, in that order
};

// Both need an image that was linked for it, and give one result for each sample. kBadInput for a sample of the wrong
// size; kToolFailed with the board's own message for a fault; kTimeout, where the target's time-out grows with the
// instructions that the firmware is expected to take and with `slowdown`: how many times slower than usual the emulator
// is.
Result<CountedRuns> count_runs(const Target& target, const Firmware& firmware, std::span<const SampleBytes> samples,
                               double slowdown = 1);
// The samples of count_runs alone.
Result<std::vector<SampleRun>> run_samples(const Target& target, const Firmware& firmware,
                                           std::span<const SampleBytes> samples, double slowdown = 1);
Result<std::vector<TracedSample>> trace_samples(const Target& target, const Firmware& firmware,
                                                std::span<const SampleBytes> samples);

}  // namespace tmc::firmware
