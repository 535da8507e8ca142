// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A plan: the integers that shall stand for the tensors of a float graph. It is decided here, tensor by tensor, from
// what calibration saw, may be changed by repairs, and is carried out by insert_pairs. Ids are the graph's.
//
//  - activations: one scale, asymmetric unless asked otherwise; what only moves elements shares one with what it moves
//  - softmax and sigmoid have the range [0, 1), tanh [-1, 1), whatever was seen
//  - weights: symmetric within [-127, 127], one scale per output channel, wide enough for the bias to fit 32 bits
//  - other constants: one scale
//  - biases stay float here: lowering rounds them to the accumulator's scale

#include <map>

#include "tmc/quant/calibrate/calibrate.hpp"
#include "tmc/quant/calibrate/range.hpp"
#include "tmc/quant/scheme/placement.hpp"

namespace tmc::quant {

struct Scheme {
  RangeOptions ranges = {};
  bool per_channel_weights = true;
  Names keep_float = {};
};

struct IntegerConstant {
  std::vector<int8_t> integers;
  Quantization quantization;
};

struct Plan {
  std::vector<ir::NodeId> nodes;  // that compute on integers, in execution order
  std::map<ir::ValueId, Quantization> activations;
  std::map<ir::ValueId, IntegerConstant> constants;
};

// `statistics` holds every float tensor that the graph computes. Error: kBadUsage from integer_nodes; kInternal where
// a tensor was not seen.
Result<Plan> make_plan(const ir::Graph& graph, const Statistics& statistics, const Scheme& scheme);

// Of weights or another constant, for the element at `index` of `elements`.
size_t channel_of(const Quantization& quantization, size_t index, size_t elements);

}  // namespace tmc::quant
