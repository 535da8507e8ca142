// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a compiled model costs on its target, layer by layer: what is known of the program, and what was measured
// (check/bench.hpp), where it was.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tmc/cost/predict.hpp"
#include "tmc/firmware/footprint.hpp"
#include "tmc/report/subject.hpp"

namespace tmc::report {

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
  std::optional<uint64_t> load_instructions;             // of a model image: looking at it, once
  std::optional<double> cycles_estimate;                 // from the target's static issue rules
  std::optional<double> latency_us_p50, latency_us_p99;  // on the host
  std::optional<firmware::FlashBytes> flash;
  std::vector<firmware::FlashSection> flash_sections;
  std::vector<firmware::CodeSymbol> code_symbols;
  std::optional<cost::Cost> predicted;  // of a board
  firmware::RamBytes ram;
  std::vector<LayerBench> layers;
};

// What is known of the layers of a placed program without running it.
std::vector<LayerBench> static_layers(const program::Program& program);

}  // namespace tmc::report
