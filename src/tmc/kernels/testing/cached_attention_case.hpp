// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of attention to slots: random extents and places, and its definition in double.

#include "tmc/kernels/contract/cached_attention.hpp"
#include "tmc/kernels/testing/float_case.hpp"

namespace tmc::kernels::testing {

template <typename Params>
void randomize_cached_attention(std::mt19937& rng, Params& p) {
  p.kv_heads = pick(rng, 1, 3);
  p.heads = p.kv_heads * pick(rng, 1, 2);
  p.size = rng() % 2 == 0 ? 4 * pick(rng, 1, 5) : pick(rng, 1, 9);
  p.value_size = rng() % 2 == 0 ? p.size : pick(rng, 1, 18);
  p.slots = rng() % 4 == 0 ? pick(rng, 60, 150) : pick(rng, 2, 12);
  p.sinks = rng() % 2 == 0 ? 0 : pick(rng, 0, p.slots - 1);
  p.tokens = pick(rng, 1, 9);
  p.query_elements = p.tokens * p.heads * p.size;
  p.sink_query = p.sinks > 0 && rng() % 4 != 0 ? p.query_elements : 0;
  p.query_elements += p.sink_query;
  p.key_elements = p.tokens * p.kv_heads * p.size;
  p.value_elements = p.tokens * p.kv_heads * p.value_size;
  p.place_elements = 3;
  p.key_cache_elements = p.slots * p.kv_heads * p.size;
  p.value_cache_elements = p.slots * p.kv_heads * p.value_size;
  p.output_elements = p.tokens * p.heads * p.value_size;
}

// Of a token that the state machine of streams would put there: any position, its slot, and what is filled.
template <typename Params>
std::vector<int32_t> any_place(std::mt19937& rng, const Params& p) {
  const int32_t position = pick(rng, 0, 4 * p.slots);
  const int32_t ring = p.slots - p.sinks;
  const int32_t slot = position < p.slots ? position : p.sinks + (position - p.sinks) % ring;
  return {position, slot, position < p.slots ? position : p.slots};
}

// Behind one token more.
template <typename Params>
std::vector<int32_t> next_place(const Params& p, const std::vector<int32_t>& place) {
  return {place[0] + 1, place[1] + 1 < p.slots ? place[1] + 1 : p.sinks, std::min(place[2] + 1, p.slots)};
}

// Of one token of a block: its queries, and those of the sinks behind them.
template <typename AnyCase>
void take_queries(AnyCase& step, const AnyCase& block, int32_t token) {
  const int32_t row = block.p.heads * block.p.size;
  step.query.clear();
  for (int32_t first = 0; first < block.p.query_elements; first += row * block.p.tokens) {
    const auto from = block.query.begin() + first + token * row;
    step.query.insert(step.query.end(), from, from + row);
  }
  step.p.query_elements = static_cast<int32_t>(step.query.size());
  step.p.sink_query = block.p.sink_query / block.p.tokens;
}

// One row: mean of values by the exponentials of scores. score(slot), value(slot, d).
template <typename Score, typename Value>
std::vector<double> naive_mean(int32_t seen, int32_t value_size, Score score, Value value) {
  std::vector<double> scores, mean(static_cast<size_t>(value_size));
  for (int32_t slot = 0; slot < seen; ++slot) scores.push_back(score(slot));
  const double most = *std::ranges::max_element(scores);
  double sum = 0;
  for (int32_t slot = 0; slot < seen; ++slot) {
    const double share = std::exp(scores[static_cast<size_t>(slot)] - most);
    sum += share;
    for (int32_t d = 0; d < value_size; ++d) mean[static_cast<size_t>(d)] += share * value(slot, d);
  }
  for (double& each : mean) each /= sum;
  return mean;
}

}  // namespace tmc::kernels::testing
