// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What cases of integer attention to slots share, whatever their caches hold. What numbers stand for is as in
// cases of attention to all keys.

#include "tmc/kernels/testing/attention_s8_case.hpp"
#include "tmc/kernels/testing/cached_attention_case.hpp"

namespace tmc::kernels::testing {

template <typename Contract, typename CachedValue, typename CachedKey = int8_t>
struct IntegerCachedAttentionCase {
  typename Contract::Params p{};
  AttentionS8Case numbers;  // of attention to all keys: its unit and the constants of its Params count
  double step = 1;          // of the output, where values have steps of 1
  std::vector<int8_t> query, key, value;
  std::vector<CachedKey> key_cache;
  std::vector<CachedValue> value_cache;
  std::vector<int32_t> place;

  Case implementation_case() const {
    Case made;
    made.kernel = find_kernel(Contract::kName);
    made.params = to_words(p);
    made.constants = {make_blob(DType::kI16, attention_exponentials())};
    made.inputs = {to_bytes(query), to_bytes(key), to_bytes(value), to_bytes(place)};
    made.updated = {to_bytes(key_cache), to_bytes(value_cache)};
    made.output_bytes = static_cast<size_t>(p.output_elements);
    return made;
  }

  // Zero points and multipliers, for totals that are such a part of a value. Steps are at least exp(least_step).
  void choose_numbers(std::mt19937& rng, double least_step, double part) {
    numbers.p.size = p.size;
    numbers.p.query_zero_point = p.query_zero_point = pick_zero_point(rng);
    numbers.p.output_zero_point = p.output_zero_point = pick(rng, -20, 20);
    numbers.unit = std::exp(std::uniform_real_distribution<>(-11, -5)(rng)) / std::sqrt(p.size);
    step = std::exp(std::uniform_real_distribution<>(least_step, 1)(rng));
    numbers.step = step * part;
    set_attention_constants(numbers);
    p.score_multiplier = numbers.p.score_multiplier;
    p.score_shift = numbers.p.score_shift;
    p.exponentials = numbers.p.exponentials;
    p.output_multiplier = numbers.p.output_multiplier;
    p.output_shift = numbers.p.output_shift;
    p.output_offset = numbers.p.output_offset;
  }

  // What every token does to the slots and gives, in reals: put(token, slot), then of each head near(place in the
  // output, steps of it). Keys in slots are key_of(slot, head of keys, d), values value_of(slot, head of values, d),
  // and more_of(row of queries, slot, slot of the token, whether all were filled before it) is added to scores.
  template <typename Put, typename KeyOf, typename ValueOf, typename MoreOf, typename Near>
  void define(Put put, KeyOf key_of, ValueOf value_of, MoreOf more_of, Near near) const {
    int32_t slot = place[1], filled = place[2];
    for (int32_t token = 0; token < p.tokens; ++token, slot = slot + 1 < p.slots ? slot + 1 : p.sinks) {
      put(token, slot);
      const bool was_full = filled == p.slots;
      filled = std::min(filled + 1, p.slots);
      for (int32_t head = 0; head < p.heads; ++head) {
        const int32_t kv_head = head / (p.heads / p.kv_heads), at = token * p.heads + head;
        const auto score = [&](int32_t seen) {
          return score_of(at, kv_head, seen, key_of) + more_of(at, seen, slot, was_full);
        };
        const auto value_at = [&](int32_t seen, int32_t d) { return 1.0 * value_of(seen, kv_head, d); };
        const std::vector<double> mean = naive_mean(filled, p.value_size, score, value_at);
        for (int32_t d = 0; d < p.value_size; ++d) {
          near(static_cast<size_t>(at * p.value_size + d),
               naive_clamp(mean[static_cast<size_t>(d)] / step + p.output_zero_point, -128, 127));
        }
      }
    }
  }

  // The same of keys as they are, which are in `keys`.
  template <typename Put, typename ValueOf, typename Near>
  void define(std::vector<int8_t>& keys, Put put, ValueOf value_of, Near near) const {
    const int32_t width = p.kv_heads * p.size;
    const auto put_keys = [&](int32_t token, int32_t slot) {
      std::copy_n(key.begin() + token * width, width, keys.begin() + slot * width);
      put(token, slot);
    };
    const auto key_of = [&](int32_t slot, int32_t head, int32_t d) {
      return keys[static_cast<size_t>(slot * width + head * p.size + d)];
    };
    const auto more_of = [](int32_t, int32_t, int32_t, bool) { return 0.0; };
    define(put_keys, key_of, value_of, more_of, near);
  }

 private:
  template <typename KeyOf>
  double score_of(int32_t at, int32_t kv_head, int32_t seen, KeyOf key_of) const {
    const int32_t from = at * p.size + (seen < p.sinks ? p.sink_query : 0);
    double product = 0;
    for (int32_t d = 0; d < p.size; ++d) {
      product += (query[static_cast<size_t>(from + d)] - p.query_zero_point) * key_of(seen, kv_head, d);
    }
    return product * numbers.unit;
  }
};

inline std::vector<int8_t> any_integers(std::mt19937& rng, int32_t count) {
  return random_values<int8_t>(rng, static_cast<size_t>(count), -128, 127);
}

}  // namespace tmc::kernels::testing
