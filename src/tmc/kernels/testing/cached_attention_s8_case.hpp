// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of cached_attention_s8.

#include "tmc/kernels/testing/attention_s8_case.hpp"
#include "tmc/kernels/testing/cached_attention_case.hpp"

namespace tmc::kernels::testing {

// What numbers stand for is as in cases of attention to all keys, whose constants these are.
struct CachedAttentionS8Case {
  CachedAttentionS8::Params p{};
  AttentionS8Case numbers;  // of which unit, step and Params' constants count
  std::vector<int8_t> query, key, value, key_cache, value_cache;
  std::vector<int32_t> place;

  Case implementation_case() const {
    Case made;
    made.kernel = find_kernel(CachedAttentionS8::kName);
    made.params = to_words(p);
    made.constants = {make_blob(DType::kI16, attention_exponentials())};
    made.inputs = {to_bytes(query), to_bytes(key), to_bytes(value), to_bytes(place)};
    made.updated = {to_bytes(key_cache), to_bytes(value_cache)};
    made.output_bytes = static_cast<size_t>(p.output_elements);
    return made;
  }
};

inline CachedAttentionS8Case any_cached_attention_s8_case(std::mt19937& rng) {
  CachedAttentionS8Case made;
  auto& p = made.p;
  randomize_cached_attention(rng, p);
  made.numbers.p.size = p.size;
  made.numbers.p.query_zero_point = p.query_zero_point = pick_zero_point(rng);
  made.numbers.p.output_zero_point = p.output_zero_point = pick(rng, -20, 20);
  made.numbers.unit = std::exp(std::uniform_real_distribution<>(-11, -5)(rng)) / std::sqrt(p.size);
  made.numbers.step = std::exp(std::uniform_real_distribution<>(-1, 1)(rng));
  set_attention_constants(made.numbers);
  p.score_multiplier = made.numbers.p.score_multiplier;
  p.score_shift = made.numbers.p.score_shift;
  p.exponentials = made.numbers.p.exponentials;
  p.output_multiplier = made.numbers.p.output_multiplier;
  p.output_shift = made.numbers.p.output_shift;
  p.output_offset = made.numbers.p.output_offset;
  const auto integers = [&](int32_t count) {
    return random_values<int8_t>(rng, static_cast<size_t>(count), -128, 127);
  };
  made.query = integers(p.query_elements);
  made.key = integers(p.key_elements);
  made.value = integers(p.value_elements);
  made.key_cache = integers(p.key_cache_elements);
  made.value_cache = integers(p.value_cache_elements);
  made.place = any_place(rng, p);
  return made;
}

}  // namespace tmc::kernels::testing
