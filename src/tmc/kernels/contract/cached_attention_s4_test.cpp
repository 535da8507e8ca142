// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/testing/cached_attention_s4_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

TEST(CachedAttentionS4, IsItsDefinition) {
  std::mt19937 rng(51);
  for (int round = 0; round < 300; ++round) {
    const CachedAttentionS4Case made = any_cached_attention_s4_case(rng);
    const auto& p = made.p;
    const auto left = left_by(made);
    auto key_bytes = made.key_cache, value_bytes = made.value_cache;
    FourBitKeySlots keys(p, key_bytes);
    FourBitValueSlots values(p, value_bytes);
    const auto put = [&](int32_t token, int32_t slot) {
      for (int32_t head = 0; head < p.kv_heads; ++head) {
        keys.put(slot, head, made.key.data() + (token * p.kv_heads + head) * p.size);
        values.put(slot, head, made.value.data() + (token * p.kv_heads + head) * p.value_size);
      }
    };
    const auto key_of = [&](int32_t slot, int32_t head, int32_t d) { return keys.element(slot, head, d); };
    const auto value_of = [&](int32_t slot, int32_t head, int32_t d) { return values.element(slot, head, d); };
    const auto near = [&](size_t at, double steps) {
      ASSERT_NEAR(left.output[at], steps, 0.6 + 1.5 / made.step) << round;
    };
    const auto more_of = [&](int32_t at, int32_t slot, int32_t own, bool was_full) {
      if (p.turns_elements == 1) return 0.0;
      const int32_t behind = slot <= own ? own - slot : own - slot + p.slots - p.sinks;
      return made.score_of_mean(at, slot < p.sinks && was_full ? p.slots - 1 - slot : behind);
    };
    made.define(put, key_of, value_of, more_of, near);
    ASSERT_EQ(left.keys, key_bytes) << round;
    ASSERT_EQ(left.values, value_bytes) << round;
  }
}

TEST(CachedAttentionS4, ABlockIsItsSteps) {
  std::mt19937 rng(53);
  for (int round = 0; round < 100; ++round) expect_a_block_is_its_steps(any_cached_attention_s4_case(rng));
}

TEST(CachedAttentionS4, PlacesThatAreNoneStayWithinTheCaches) {
  std::mt19937 rng(54);
  expect_places_stay_within([&] { return any_cached_attention_s4_case(rng); });
}

}  // namespace
}  // namespace tmc::kernels
