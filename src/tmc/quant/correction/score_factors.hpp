// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Queries and keys of attention meet in products alone: a channel of the queries may be divided by what the same
// channel of the keys is multiplied with. So channels, and heads with them, get ranges that suit the one scale that all
// of them have, which does what a scale for each head would do, at no cost where the model runs.

#include "tmc/quant/correction/channel_samples.hpp"
#include "tmc/quant/correction/channel_source.hpp"

namespace tmc::quant {

struct Scores {
  ir::NodeId attention = ir::NodeId::kNone;
  ChannelSource queries, keys;
};

// Of an attention whose queries and keys can both be divided.
std::optional<Scores> find_scores(const ir::Graph& graph, ir::NodeId id);

// What to divide every channel of the queries by, [queries' channels], and to multiply those of the keys with, so that
// rounding both changes scores least. Empty where nothing is gained. Heads that share keys share factors.
struct ScoreFactors {
  std::vector<float> queries, keys;
};
ScoreFactors score_factors(const ir::Graph& graph, const Scores& scores, const ChannelSamples& queries,
                           const ChannelSamples& keys, const Scheme& scheme);

// Moves the factors into what makes queries and keys.
void move_factors(ir::Graph& graph, const Scores& scores, const ScoreFactors& factors);

}  // namespace tmc::quant
