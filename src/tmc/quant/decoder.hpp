// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The step of a decoder (frontend/common/decoder.hpp) with weights of int8 or four bits, and caches of int8, of which
// values or both may be in four bits.
//
//  - fully connected layers become hybrid: weights int8 with a scale for each output, of which inputs are quantised at
//    run time, each token in its own scale; so no activation has a range that a calibration would have to foresee;
//    or in four bits (decoder/narrow_weights.hpp), rounded by what the layers read in texts of the model's own
//  - the embedding is int8 with a scale for each token
//  - attention to the caches is int8: queries, keys and values have one symmetric scale each, wide enough for all that
//    the model has in texts of its own, and what it gives has that of the values
//  - caches are states of int8, or that of the values has four bits and a multiplier for each token and head, and that
//    of the keys a zero point besides, which attention finds at run time (decoder/cache_form.hpp), and keys in four
//    bits are kept less their mean (decoder/key_means.hpp); norms, gates and sums stay float
//
// Texts are sampled from the float model, with a fixed seed, so that nobody has to bring any.

#include <map>
#include <vector>

#include "tmc/quant/decoder/cache_form.hpp"
#include "tmc/quant/decoder/key_means.hpp"
#include "tmc/quant/decoder/layer_moments.hpp"
#include "tmc/quant/measure/session.hpp"
#include "tmc/quant/scheme/plan.hpp"

namespace tmc::quant {

// Whether a graph is such a step, whose caches are its states.
bool is_decoder(const ir::Graph& graph);

struct DecoderSamples {
  int64_t tokens = 640;   // of all texts
  int64_t longest = 160;  // tokens of a text, at most as many as the caches have slots
  int32_t first_token = 1;
  uint32_t seed = 1;
};

// Of each attention in the order of the graph: the largest sizes of its queries, keys and values, by their places among
// its inputs.
using DecoderRanges = std::vector<std::map<size_t, float>>;

// What texts of a model show of it.
struct DecoderSeen {
  DecoderRanges largest;
  std::vector<std::optional<KeyMean>> means;  // of each attention's keys, where they are turned (decoder/key_means.hpp)
  LayerMoments moments;
};

// Of a step of one token. Error: kBadInput where what the model computes is no finite number.
Result<DecoderSeen> listen(const ir::Graph& step, Runner& runner, const DecoderSamples& samples,
                           const Progress& progress);

// Of a step of any number of tokens, with what was seen of the same model's step of one token: so a block has the bits
// of its tokens one after the other.
Status quantize_decoder(ir::Graph& graph, const WeightForm& form, CacheForm cache, const DecoderSeen& seen);

}  // namespace tmc::quant
