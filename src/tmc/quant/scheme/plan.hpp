// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A plan: the integers that shall stand for the tensors of a float graph. It is decided here, tensor by tensor, from
// what calibration saw, may be changed by corrections, and is carried out by insert_pairs. Ids are the graph's.
//
//  - activations: one scale, asymmetric unless asked otherwise; what only moves elements shares one with what it moves
//  - in 16 bits they are symmetric and hold all that was seen: they have bits to spare, and kernels want zero point 0;
//    softmax and GELU then stay float, the former being more exact than the tables that integers take
//  - softmax and sigmoid have the range [0, 1), tanh [-1, 1), whatever was seen
//  - weights: symmetric within [-127, 127], one scale per output channel, wide enough for the bias to fit 32 bits; or
//    in four bits (scheme/four_bit.hpp) where the scheme says so and the layer gains by it
//  - tables of look-ups: the scale of what is read from them, which holds all of the table
//  - other constants: one scale
//  - recurrent layers: scheme/recurrent.hpp
//  - biases stay float here: lowering rounds them to the accumulator's scale; so do scales and biases of norms, and
//  angles

#include <map>
#include <string>
#include <string_view>

#include "tmc/quant/calibrate/calibrate.hpp"
#include "tmc/quant/calibrate/range.hpp"
#include "tmc/quant/scheme/placement.hpp"
#include "tmc/quant/scheme/weight_form.hpp"

namespace tmc::quant {

// Of weights and of activations (i8 or i16).
struct Numbers {
  WeightForm weights = {};
  DType activations = DType::kI8;

  bool operator==(const Numbers&) const = default;
};
// The form of the weights; "int16x8" for weights of eight bits and activations of 16.
std::string to_string(const Numbers& numbers);
// kBadUsage for anything else.
Result<Numbers> parse_numbers(std::string_view text);

struct Scheme {
  RangeOptions ranges = {};
  Numbers numbers = {};
  bool per_channel_weights = true;
  Names keep_float = {};
};

struct IntegerActivation {
  Quantization quantization;
  DType dtype = DType::kI8;  // or i16, with zero point 0
};

struct IntegerConstant {
  std::vector<int16_t> integers;
  Quantization quantization;
  DType dtype = DType::kI8;  // i16 only for what no layer has for weights
  WeightForm form = {};
  // In four bits every integer is a multiple of the step at its place, which its group shares.
  std::vector<int32_t> steps = {};

  int32_t step(size_t index) const { return steps.empty() ? 1 : steps[index]; }
};

// The reals rounded and saturated; without the least integer where every zero point is 0.
IntegerConstant rounded_constant(const std::vector<float>& reals, const Quantization& quantization, DType dtype);

struct Plan {
  std::vector<ir::NodeId> nodes;  // that compute on integers, in execution order
  std::map<ir::ValueId, IntegerActivation> activations;
  std::map<ir::ValueId, IntegerConstant> constants;
};

// `statistics` holds every float tensor that the graph computes. Error: kBadUsage from integer_nodes; kInternal where
// a tensor was not seen.
Result<Plan> make_plan(const ir::Graph& graph, const Statistics& statistics, const Scheme& scheme);

// The activations of these integer nodes, those that must have one scale together: what only moves elements shares it
// with what it moves, but where it puts states of recurrent layers and others side by side.
std::vector<std::vector<ir::ValueId>> tensors_by_scale(const ir::Graph& graph, const std::vector<ir::NodeId>& nodes);

// Of weights or another constant, for the element at `index` of `elements`.
size_t channel_of(const Quantization& quantization, size_t index, size_t elements);

}  // namespace tmc::quant
