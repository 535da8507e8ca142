// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a compiled model costs on its target: measured where the target can run here, read from the linked image where
// it is a board. Nothing that was not measured is given a number, but `cycles_estimate`, which is marked as an
// estimate, and what the cost model predicted, which stands beside what was measured.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tmc/cost/predict.hpp"
#include "tmc/firmware/bill.hpp"
#include "tmc/firmware/run.hpp"
#include "tmc/pipeline/compile.hpp"

namespace tmc::pipeline {

// Of a layer as program/layers.hpp has it.
struct LayerBench {
  std::string name, op, kernel;
  int32_t stripes = 1;
  int64_t macs = 0;
  std::optional<uint64_t> instructions;
  std::optional<double> predicted_instructions;  // of a board
  int64_t scratch_bytes = 0;
};

struct BenchReport {
  std::string model, target;
  Optimize optimize = Optimize::kBalanced;
  int64_t macs = 0;
  std::optional<uint64_t> instructions;                  // of the second inference, exact
  std::optional<double> cycles_estimate;                 // from the target's static issue rules
  std::optional<double> latency_us_p50, latency_us_p99;  // on the host
  std::optional<firmware::FlashBytes> flash;
  std::vector<firmware::FlashSection> flash_sections;
  std::vector<firmware::CodeSymbol> code_symbols;
  std::optional<cost::Cost> predicted;  // of a board
  firmware::RamBytes ram;
  std::vector<LayerBench> layers;
};

struct BenchOptions {
  bool per_layer = false;  // a further image and run
  bool cycles = true;      // traces a further run, which takes as long as a hundred
  int runs = 50;           // on the host
  std::function<void(const std::string& what)> progress = [](const std::string&) {};  // from any thread
};

// What is known of the layers of a placed program without running it.
std::vector<LayerBench> static_layers(const program::Program& program);

// One run of a board's image on values of its own choice, the second of two: nothing of it is there for the first time.
Result<firmware::SampleRun> count_run(const Compilation& compilation);

Result<BenchReport> bench(const Compilation& compilation, const BenchOptions& options);

}  // namespace tmc::pipeline
