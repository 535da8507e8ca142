// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a placed program will cost on a target, before anything is built or run.
//
// Arena and weights are exact: they are decided when the program is placed. Instructions are linear in the features of
// each step's implementation, with coefficients that were fitted for the form in which it will be compiled; code is
// counted instance by instance, as generated code has them (program/instances.hpp). What nobody has fitted is taken
// from the implementation's own estimate, and says so.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tmc/cost/table.hpp"
#include "tmc/program/instances.hpp"
#include "tmc/program/layers.hpp"
#include "tmc/program/program.hpp"

namespace tmc::cost {

// Of an implementation without coefficients.
inline constexpr double kUnfittedError = 0.5;

struct LayerCost {
  double instructions = 0;
  kernels::CostFeatures features;          // what the coefficients of the implementation's form were multiplied with
  double relative_error = kUnfittedError;  // expected at most
  bool fitted = false;
  std::size_t instance = 0;  // index into Cost::instances
};

struct InstanceCost {
  std::string function;
  const kernels::ImplementationInfo* implementation = nullptr;
  bool specialised = false;
  int64_t code_bytes = 0;
};

struct FlashCost {
  int64_t code = 0;  // as bench counts it: all that is not weights
  int64_t weights = 0;
  double error_bytes = 0;  // were all instances to err to the same side
  int64_t total() const { return code + weights; }
  double relative_error() const { return error_bytes / static_cast<double>(total()); }
};

struct Cost {
  std::vector<LayerCost> layers;  // of the program's steps, in their order
  std::vector<InstanceCost> instances;
  double instructions = 0;
  double relative_error = 0;  // of `instructions`, were all layers to err to the same side
  int64_t macs = 0;
  std::optional<FlashCost> flash;  // where there is a table and the target is a board
  int64_t arena_bytes = 0;
};

// Of a layer's steps together. `features` and `instance` are those of the first.
LayerCost sum_of(const Cost& cost, const program::Layer& layer);

// `table` may be null.
Cost predict(const program::Program& program, const Target& target, Optimize optimize, const CostTable* table);

}  // namespace tmc::cost
