// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/testing/cached_attention_s8_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

std::vector<int8_t> to_integers(const std::vector<std::byte>& bytes) {
  std::vector<int8_t> integers(bytes.size());
  if (!bytes.empty()) std::memcpy(integers.data(), bytes.data(), bytes.size());
  return integers;
}

std::vector<int8_t> run(const CachedAttentionS8Case& made) {
  return to_integers(expect_implementations_agree(made.implementation_case()));
}

// A block of one token, whose queries of sinks are the others: attention to all keys of the filled slots.
TEST(CachedAttentionS8, IsAttentionToTheFilledSlots) {
  std::mt19937 rng(31);
  for (int round = 0; round < 300; ++round) {
    CachedAttentionS8Case made = any_cached_attention_s8_case(rng);
    made.p.query_elements = made.p.output_elements / made.p.value_size / made.p.tokens * made.p.size;
    made.query.resize(static_cast<size_t>(made.p.query_elements));
    made.p.sink_query = 0;
    const auto first_of = [&](int32_t& elements, std::vector<int8_t>& values) {
      elements /= made.p.tokens;
      values.resize(static_cast<size_t>(elements));
    };
    first_of(made.p.key_elements, made.key);
    first_of(made.p.value_elements, made.value);
    made.p.output_elements /= made.p.tokens;
    made.p.tokens = 1;
    const std::vector<int8_t> output = run(made);

    AttentionS8Case whole = made.numbers;
    const int32_t seen = std::min(made.place[2] + 1, made.p.slots);
    whole.p.batch = whole.p.queries = 1;
    whole.p.heads = made.p.heads;
    whole.p.kv_heads = made.p.kv_heads;
    whole.p.keys = seen;
    whole.p.value_size = made.p.value_size;
    whole.p.highest = seen;
    whole.p.query_elements = whole.p.mask_elements = made.p.query_elements;
    whole.p.key_elements = seen * made.p.key_elements;
    whole.p.value_elements = seen * made.p.value_elements;
    whole.p.output_elements = made.p.output_elements;
    whole.p.mask_dtype = static_cast<int32_t>(DType::kI8);
    whole.query = made.query;
    const auto after_output = output.begin() + made.p.output_elements;
    whole.key.assign(after_output, after_output + whole.p.key_elements);
    const auto values = after_output + made.p.key_cache_elements;
    whole.value.assign(values, values + whole.p.value_elements);
    const std::vector<int8_t> expected = to_integers(expect_implementations_agree(whole.implementation_case()));
    ASSERT_TRUE(std::ranges::equal(expected, std::span(output).first(expected.size()))) << round;
  }
}

// Blocks, with queries of sinks, in reals.
TEST(CachedAttentionS8, IsItsDefinition) {
  std::mt19937 rng(32);
  for (int round = 0; round < 200; ++round) {
    const CachedAttentionS8Case made = any_cached_attention_s8_case(rng);
    const auto& p = made.p;
    const std::vector<int8_t> output = run(made);
    auto slot_keys = made.key_cache, slot_values = made.value_cache;
    const int32_t width = p.kv_heads * p.value_size;
    const auto put = [&](int32_t token, int32_t slot) {
      std::copy_n(made.value.begin() + token * width, width, slot_values.begin() + slot * width);
    };
    const auto value_of = [&](int32_t slot, int32_t head, int32_t d) {
      return slot_values[static_cast<size_t>((slot * p.kv_heads + head) * p.value_size + d)];
    };
    const auto near = [&](size_t at, double steps) { ASSERT_NEAR(output[at], steps, 0.6 + 1.5 / made.step) << round; };
    made.define(slot_keys, put, value_of, near);
    const std::span<const int8_t> caches = std::span(output).subspan(static_cast<size_t>(p.output_elements));
    ASSERT_TRUE(std::ranges::equal(caches.first(slot_keys.size()), slot_keys)) << round;
    ASSERT_TRUE(std::ranges::equal(caches.subspan(slot_keys.size()), slot_values)) << round;
  }
}

}  // namespace
}  // namespace tmc::kernels
