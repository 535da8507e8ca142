// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What quantising did and what it cost, as figures; who shows them decides how.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tmc/base/dtype.hpp"
#include "tmc/base/host/quantization.hpp"

namespace tmc::quant {

struct LayerReport {
  std::string name, op, tensor;  // of the float graph's node, and of its output
  int64_t macs = 0;
  bool integer = false;   // else it stayed float
  std::string scheme;     // "float", "int8", "int16x8" (activations of 16 bits), "int4", "int4:32"
  double snr_db = 0;      // of the output against the float graph's, all errors before it included
  double own_snr_db = 0;  // the same where its inputs are the float graph's, rounded
  std::optional<double> weight_snr_db;
  Quantization quantization;        // of the output, where it is integer,
  DType dtype = DType::kI8;         // and its dtype
  double min = 0, max = 0;          // of the output in calibration
  double saturated = 0;             // share of its elements beyond the chosen range
  std::vector<uint64_t> histogram;  // of its elements, equal bins from min to max
};

// A way to choose ranges, and what it makes of the outputs.
struct RangesReport {
  std::string method;
  double snr_db = 0;
};

struct CorrectionReport {
  std::string name, doc;
  std::string outcome;                         // "kept", "no gain", "nothing to change", "asked for"
  double snr_before_db = 0, snr_after_db = 0;  // of the outputs
};

// On rows that were calibrated with, or on others.
struct ScoreReport {
  int64_t rows = 0;
  bool held_out = false;
  double snr_db = 0;                               // of the outputs
  double agreement = 1;                            // share of rows whose largest output is the float graph's
  std::optional<double> float_accuracy, accuracy;  // share of rows with the right answer, where labels are given
};

// Of mixed precision: a graph in which some nodes stay float, others with weights in four bits get them in eight, and
// some tensors have 16 bits.
struct FrontierPoint {
  size_t reliefs = 0;  // nodes and tensors that were made more exact, step by step
  size_t way = 0;      // in which order (ReliefPaths)
  std::vector<std::string> kept_float = {}, eight_bit = {}, sixteen_bit = {};
  double drop = 0;  // share of rows lost, against the float graph: of right answers with labels, else of agreement
  double snr_db = 0;
  std::optional<int64_t> flash_bytes = std::nullopt;
  double instructions = 0;  // expected
  bool fits = true;         // the budget
  bool chosen = false;
};

struct Report {
  int64_t rows = 0;                 // calibrated with
  std::string ranges;               // how they were chosen
  std::vector<RangesReport> tried;  // of which, where there was a choice
  std::vector<std::string> warnings;
  std::vector<CorrectionReport> corrections;
  std::vector<LayerReport> layers;  // in execution order
  ScoreReport score;
  std::vector<FrontierPoint> frontier;
  std::vector<std::string> kept_float;   // nodes that were left out, by name or as the worst
  std::vector<std::string> eight_bit;    // layers that the scheme would have stored in four bits
  std::vector<std::string> sixteen_bit;  // tensors that the scheme would have given eight bits
};

}  // namespace tmc::quant
