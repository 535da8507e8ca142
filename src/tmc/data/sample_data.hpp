// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Input data of a compiled model: made at random, or taken from arrays with the samples stacked along a new first axis.

#include <cstdint>

#include "tmc/data/arrays.hpp"
#include "tmc/data/model.hpp"

namespace tmc::data {

// `count` samples over each input's whole range: the second holds the lowest values only, the third the highest, the
// fourth alternates between the two, all others are uniform. A float input's range is that of the quantize node that
// reads it, a tenth wider, or [-1, 1] without one. The same seed gives the same samples.
NamedArrays random_inputs(const Model& model, int64_t count, uint64_t seed);

// An array alone is for an input alone, whatever an archive calls it: tensors of a .tflite may have no names.
NamedArrays named_as_inputs(const Model& model, NamedArrays arrays);

// Error (kBadInput): a name that is no input, a missing input, a dtype or shape that does not match, unequal counts. An
// array without the extra axis counts as one sample, and the batch axis of an input of [1, ...] may count samples.
Result<std::vector<Ports>> to_samples(const Model& model, const NamedArrays& inputs);

// How many samples of an input of that type the array holds, as above. Error (kBadInput): dtype or shape do not match;
// the likely mistake is named.
Result<int64_t> count_samples(std::string_view input, const ops::TensorType& type, const ops::TensorType& array);

// kBadUsage where no axis of the array counts samples of that shape.
Status require_sample_axis(std::string_view name, const Shape& sample, const Shape& array);

// The samples of each input stacked along a new first axis, in the model's order.
std::vector<NpyArray> stack_samples(const Model& model, std::span<const Ports> samples);

// Outputs of all samples under their tensors' names.
NamedArrays to_arrays(const Model& model, std::span<const Ports> outputs);

}  // namespace tmc::data
