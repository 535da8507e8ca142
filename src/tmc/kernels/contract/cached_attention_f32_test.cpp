// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/testing/cached_attention_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

struct FloatCase {
  CachedAttentionF32::Params p{};
  std::vector<float> query, key, value, key_cache, value_cache;
  std::vector<int32_t> place;

  // The output, and both caches behind it.
  std::vector<float> run() const {
    Case made = float_case<CachedAttentionF32>(p, {query, key, value}, static_cast<size_t>(p.output_elements));
    made.inputs.push_back(to_bytes(place));
    made.updated = {to_bytes(key_cache), to_bytes(value_cache)};
    return to_floats(expect_implementations_agree(made));
  }

  // The same in double, with rows put into slots one after the other.
  std::vector<double> expected() const {
    std::vector<float> keys = key_cache, values = value_cache;
    std::vector<double> output;
    int32_t slot = place[1], filled = place[2];
    const auto key_width = static_cast<size_t>(p.kv_heads * p.size);
    const auto value_width = static_cast<size_t>(p.kv_heads * p.value_size);
    for (int32_t token = 0; token < p.tokens; ++token) {
      const auto at = static_cast<size_t>(token), to = static_cast<size_t>(slot);
      std::copy_n(&key[at * key_width], key_width, &keys[to * key_width]);
      std::copy_n(&value[at * value_width], value_width, &values[to * value_width]);
      filled = std::min(filled + 1, p.slots);
      for (int32_t head = 0; head < p.heads; ++head) {
        const auto row = mean_of_head(token, head, filled, keys, values);
        output.insert(output.end(), row.begin(), row.end());
      }
      slot = slot + 1 < p.slots ? slot + 1 : p.sinks;
    }
    output.insert(output.end(), keys.begin(), keys.end());
    output.insert(output.end(), values.begin(), values.end());
    return output;
  }

 private:
  std::vector<double> mean_of_head(int32_t token, int32_t head, int32_t filled, const std::vector<float>& keys,
                                   const std::vector<float>& values) const {
    const int32_t kv_head = head / (p.heads / p.kv_heads);
    const auto score = [&](int32_t slot) {
      const int32_t first = slot < p.sinks ? p.sink_query : 0;
      double product = 0;
      for (int32_t d = 0; d < p.size; ++d) {
        product += static_cast<double>(query[static_cast<size_t>(first + (token * p.heads + head) * p.size + d)]) *
                   static_cast<double>(keys[static_cast<size_t>((slot * p.kv_heads + kv_head) * p.size + d)]);
      }
      return product * static_cast<double>(p.scale);
    };
    const auto value_at = [&](int32_t slot, int32_t d) {
      return static_cast<double>(values[static_cast<size_t>((slot * p.kv_heads + kv_head) * p.value_size + d)]);
    };
    return naive_mean(filled, p.value_size, score, value_at);
  }
};

FloatCase any_float_case(std::mt19937& rng) {
  FloatCase made;
  randomize_cached_attention(rng, made.p);
  made.p.scale = std::exp(std::uniform_real_distribution<float>(-2, 1)(rng));
  const auto floats = [&](int32_t count) { return random_floats(rng, static_cast<size_t>(count)); };
  made.query = floats(made.p.query_elements);
  made.key = floats(made.p.key_elements);
  made.value = floats(made.p.value_elements);
  made.key_cache = floats(made.p.key_cache_elements);
  made.value_cache = floats(made.p.value_cache_elements);
  made.place = any_place(rng, made.p);
  return made;
}

TEST(CachedAttentionF32, IsItsDefinition) {
  std::mt19937 rng(21);
  for (int round = 0; round < 300; ++round) {
    const FloatCase made = any_float_case(rng);
    const std::vector<float> output = made.run();
    const std::vector<double> expected = made.expected();
    ASSERT_EQ(output.size(), expected.size());
    for (size_t i = 0; i < output.size(); ++i) ASSERT_NEAR(output[i], expected[i], 1e-4) << round << " at " << i;
  }
}

TEST(CachedAttentionF32, ABlockIsItsSteps) {
  std::mt19937 rng(22);
  for (int round = 0; round < 100; ++round) {
    const FloatCase block = any_float_case(rng);
    const std::vector<float> whole = block.run();
    FloatCase step = block;
    step.p.tokens = 1;
    const auto take = [&](std::vector<float>& to, const std::vector<float>& from, int32_t& elements, int32_t token) {
      elements = static_cast<int32_t>(from.size()) / block.p.tokens;
      const auto first = from.begin() + token * elements;
      to.assign(first, first + elements);
    };
    step.p.output_elements = block.p.output_elements / block.p.tokens;
    for (int32_t token = 0; token < block.p.tokens; ++token) {
      take_queries(step, block, token);
      take(step.key, block.key, step.p.key_elements, token);
      take(step.value, block.value, step.p.value_elements, token);
      const std::vector<float> given = step.run();
      const int32_t row = step.p.output_elements;
      ASSERT_TRUE(std::equal(given.begin(), given.begin() + row, whole.begin() + token * row)) << round;
      step.key_cache.assign(given.begin() + row, given.begin() + row + std::ssize(step.key_cache));
      step.value_cache.assign(given.end() - std::ssize(step.value_cache), given.end());
      step.place = next_place(step.p, step.place);
    }
  }
}

TEST(CachedAttentionF32, PlacesThatAreNoneStayWithinTheCaches) {
  std::mt19937 rng(23);
  for (const int32_t slot : {INT32_MIN, -1, INT32_MAX}) {
    for (const int32_t filled : {INT32_MIN, -1, INT32_MAX}) {
      FloatCase made = any_float_case(rng);
      made.place = {5, slot, filled};
      for (const float each : made.run()) EXPECT_TRUE(std::isfinite(each));
    }
  }
}

}  // namespace
}  // namespace tmc::kernels
