// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Compares what a compiled model computes on its target with an oracle, output by output and, to name the first node
// that differs, tensor by tensor.
//
// Integer tensors are compared in steps of their quantisation. Against LiteRT every step counts. Against onnxruntime,
// which computes a quantised graph in float, at least 99.9 % of the elements are within one step and none is beyond
// two. The newest LiteRT, which is asked where the pinned one lacks an operator's version, may be one step away in
// fully connected layers. A float output that the model derives from a quantised tensor is compared at that tensor too;
// float outputs pass within 1e-5 of the largest magnitude, and where that does not do, within what the oracle's own
// answer moves by when its inputs move by a rounding, up to 1e-4 more. Infinities, not-a-numbers and magnitudes from
// 1e30 on, which masks bring along, do not widen that: each has to be met by its like.
//
// A recording may hold the reals of integers only: these are then one step of the integers apart at most.
//
// A model that is quantised here (--quantize, --weights) is compared with onnxruntime on what `export` writes of it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tmc/check/oracle.hpp"
#include "tmc/pipeline/compile.hpp"

namespace tmc::check {

using pipeline::Compilation;

struct VerifyOptions {
  std::string oracle;    // "litert", "onnxruntime", "xgboost", "lightgbm" or an .npz of inputs and outputs
  int64_t samples = 10;  // random ones, where no inputs are given
  uint64_t seed = 1;
  NamedArrays inputs;                         // given inputs, samples stacked along the first axis
  std::optional<std::filesystem::path> dump;  // folder for both tensors of the first difference
};

struct Difference {
  std::string node;  // that produced the tensor
  std::string tensor;
  int64_t sample = 0;
  int64_t element = 0;
  double expected = 0, actual = 0;
};

struct VerifyReport {
  std::string oracle;        // as OracleAnswer has it; empty: a recording
  bool by_operator = false;  // how the figures below were compared
  int64_t samples = 0;
  std::vector<std::string> tensors;  // that were compared for the verdict
  int64_t elements = 0;
  int64_t mismatched = 0;  // elements that differ at all
  int64_t beyond_one_step = 0;
  double max_abs_diff = 0;  // in real units
  double max_steps = 0;     // in steps of the quantisation; 0 for float
  double oracle_moves = 0;  // in real units: what counted as its own uncertainty; 0 where nothing had to
  bool bit_exact = false;
  bool pass = false;
  int64_t intermediates_compared = 0;
  // Outputs compared end to end, the same as above for an integer oracle.
  int64_t end_to_end_elements = 0, end_to_end_beyond_one_step = 0;
  double end_to_end_max_steps = 0;
  std::optional<Difference> first_difference;  // the first node in execution order
};

Result<VerifyReport> verify(const Compilation& compilation, const VerifyOptions& options);

}  // namespace tmc::check
