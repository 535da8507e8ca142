// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of cached_attention_s8_s4.

#include "tmc/kernels/contract/cached_attention_s8_s4.hpp"
#include "tmc/kernels/testing/attention_s8_case.hpp"
#include "tmc/kernels/testing/cached_attention_case.hpp"

namespace tmc::kernels::testing {

struct CachedAttentionS8S4Case {
  CachedAttentionS8S4::Params p{};
  double unit = 1;  // real scores of a product of 1
  double step = 1;  // of the output, where values have steps of 1
  std::vector<int8_t> query, key, value, key_cache;
  std::vector<uint8_t> value_cache;
  std::vector<int32_t> place;

  Case implementation_case() const {
    Case made;
    made.kernel = find_kernel(CachedAttentionS8S4::kName);
    made.params = to_words(p);
    made.constants = {make_blob(DType::kI16, attention_exponentials())};
    made.inputs = {to_bytes(query), to_bytes(key), to_bytes(value), to_bytes(place)};
    made.updated = {to_bytes(key_cache), to_bytes(value_cache)};
    made.output_bytes = static_cast<size_t>(p.output_elements);
    return made;
  }
};

// Values of a token, as they are, or all the same, or few that stand out.
inline std::vector<int8_t> any_cached_values(std::mt19937& rng, int32_t count) {
  const int kind = pick(rng, 0, 5);
  const int32_t most = kind == 0 ? 0 : kind == 1 ? 6 : kind == 2 ? 60 : 127;
  std::vector<int8_t> values = random_values<int8_t>(rng, static_cast<size_t>(count), kind == 3 ? most : -most, most);
  if (kind == 4) values[rng() % values.size()] = -128;
  if (kind != 5) return values;
  for (int8_t& value : values) value = static_cast<int8_t>(rng() % 16 == 0 ? 127 : value % 3);
  return values;
}

inline CachedAttentionS8S4Case any_cached_attention_s8_s4_case(std::mt19937& rng) {
  CachedAttentionS8S4Case made;
  auto& p = made.p;
  randomize_cached_attention(rng, p);
  if (rng() % 2 == 0) {
    p.value_size = 4 * pick(rng, 1, 5);
    p.value_elements = p.tokens * p.kv_heads * p.value_size;
    p.output_elements = p.tokens * p.heads * p.value_size;
  }
  p.value_cache_elements = (p.slots + 1) / 2 * p.kv_heads * ((p.value_size + 3) / 4 * 4 + 1);
  AttentionS8Case numbers;
  numbers.p.query_zero_point = p.query_zero_point = pick_zero_point(rng);
  numbers.p.output_zero_point = p.output_zero_point = pick(rng, -20, 20);
  made.unit = numbers.unit = std::exp(std::uniform_real_distribution<>(-11, -5)(rng)) / std::sqrt(p.size);
  made.step = std::exp(std::uniform_real_distribution<>(-0.6, 1)(rng));
  numbers.step = made.step / 16;
  set_attention_constants(numbers);
  p.score_multiplier = numbers.p.score_multiplier;
  p.score_shift = numbers.p.score_shift;
  p.exponentials = numbers.p.exponentials;
  p.total_shift = rng() % 4 == 0 ? 1 : 0;
  p.output_multiplier = numbers.p.output_multiplier;
  p.output_shift = numbers.p.output_shift;
  p.output_offset = numbers.p.output_offset;
  const auto integers = [&](int32_t count) {
    return random_values<int8_t>(rng, static_cast<size_t>(count), -128, 127);
  };
  made.query = integers(p.query_elements);
  made.key = integers(p.key_elements);
  for (int32_t head = 0; head < p.tokens * p.kv_heads; ++head) {
    const std::vector<int8_t> values = any_cached_values(rng, p.value_size);
    made.value.insert(made.value.end(), values.begin(), values.end());
  }
  made.key_cache = integers(p.key_cache_elements);
  made.value_cache = random_values<uint8_t>(rng, static_cast<size_t>(p.value_cache_elements), 0, 255);
  made.place = any_place(rng, p);
  return made;
}

}  // namespace tmc::kernels::testing
