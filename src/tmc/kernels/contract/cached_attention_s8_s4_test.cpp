// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/testing/cached_attention_s8_s4_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(CachedAttentionS8S4, IsItsDefinition) {
  std::mt19937 rng(41);
  for (int round = 0; round < 300; ++round) {
    const CachedAttentionS8S4Case made = any_cached_attention_s8_s4_case(rng);
    const auto& p = made.p;
    const auto left = left_by(made);
    auto slot_keys = made.key_cache;
    auto bytes = made.value_cache;
    FourBitValueSlots slots(p, bytes);
    const auto put = [&](int32_t token, int32_t slot) {
      for (int32_t head = 0; head < p.kv_heads; ++head) {
        slots.put(slot, head, made.value.data() + (token * p.kv_heads + head) * p.value_size);
      }
    };
    const auto value_of = [&](int32_t slot, int32_t head, int32_t d) { return slots.element(slot, head, d); };
    const auto near = [&](size_t at, double steps) {
      ASSERT_NEAR(left.output[at], steps, 0.6 + 1.5 / made.step) << round;
    };
    made.define(slot_keys, put, value_of, near);
    ASSERT_EQ(left.keys, slot_keys) << round;
    ASSERT_EQ(left.values, bytes) << round;
  }
}

// One token in one slot, of one head of four values: attention gives them back.
TEST(CachedAttentionS8S4, ValuesBecomeMultiplesOfOneNumber) {
  const struct {
    std::vector<int8_t> values, kept;
  } cases[] = {{{0, 0, 0, 0}, {0, 0, 0, 0}},
               {{7, -7, 1, 0}, {7, -7, 1, 0}},
               {{8, 1, -1, 3}, {8, 2, -2, 4}},
               {{60, 60, 60, 60}, {63, 63, 63, 63}},
               {{105, 7, -8, -105}, {105, 0, -15, -105}},
               {{127, -128, 100, 22}, {105, -105, 105, 15}}};
  std::mt19937 rng(42);
  for (const auto& each : cases) {
    CachedAttentionS8S4Case made = any_cached_attention_s8_s4_case(rng);
    auto& p = made.p;
    p.tokens = p.heads = p.kv_heads = p.slots = 1;
    p.size = p.value_size = 4;
    p.sinks = p.sink_query = p.total_shift = 0;
    p.query_elements = p.key_elements = p.value_elements = p.key_cache_elements = p.output_elements = 4;
    p.value_cache_elements = 5;
    p.output_zero_point = 0;
    p.output_offset = 128;
    p.output_multiplier = 1 << 30;
    p.output_shift = 5;
    made.query.resize(4);
    made.key.resize(4);
    made.key_cache.resize(4);
    made.value_cache.resize(5);
    made.value = each.values;
    made.place = {0, 0, 0};
    EXPECT_EQ(left_by(made).output, each.kept);
  }
}

TEST(CachedAttentionS8S4, ABlockIsItsSteps) {
  std::mt19937 rng(43);
  for (int round = 0; round < 100; ++round) expect_a_block_is_its_steps(any_cached_attention_s8_s4_case(rng));
}

TEST(CachedAttentionS8S4, PlacesThatAreNoneStayWithinTheCaches) {
  std::mt19937 rng(44);
  expect_places_stay_within([&] { return any_cached_attention_s8_s4_case(rng); });
}

}  // namespace
}  // namespace tmc::kernels
