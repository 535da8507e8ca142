// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/testing/cached_attention_s8_s4_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

// What a run leaves: the output and both caches.
struct Left {
  std::vector<int8_t> output, keys;
  std::vector<uint8_t> values;
};

template <typename T>
std::vector<T> taken(const std::vector<std::byte>& bytes, size_t first, int32_t count) {
  std::vector<T> values(static_cast<size_t>(count));
  std::memcpy(values.data(), bytes.data() + first, values.size());
  return values;
}

Left run(const CachedAttentionS8S4Case& made) {
  const std::vector<std::byte> bytes = expect_implementations_agree(made.implementation_case());
  const auto outputs = static_cast<size_t>(made.p.output_elements), keys = outputs + made.key_cache.size();
  return {taken<int8_t>(bytes, 0, made.p.output_elements), taken<int8_t>(bytes, outputs, made.p.key_cache_elements),
          taken<uint8_t>(bytes, keys, made.p.value_cache_elements)};
}

// The cache of values as the contract says it, a number at a time.
class Cache {
 public:
  Cache(const CachedAttentionS8S4::Params& p, std::vector<uint8_t>& bytes) : p_(p), bytes_(bytes) {}

  int multiplier(int32_t slot, int32_t head) const { return nibble(2 * multiplier_at(slot, head) + slot % 2); }
  int value(int32_t slot, int32_t head, int32_t d) const {
    return (nibble(value_at(slot, head, d)) - 8) * multiplier(slot, head);
  }
  void put(int32_t slot, int32_t head, const int8_t* values) {
    double largest = 0;
    for (int32_t d = 0; d < p_.value_size; ++d) largest = std::max(largest, std::abs(double{1} * values[d]));
    const double by = std::min(std::ceil(largest / 7), 15.0);
    set_nibble(2 * multiplier_at(slot, head) + slot % 2, static_cast<int>(by));
    for (int32_t d = 0; d < words() * 4; ++d) {
      const double real = d < p_.value_size && by > 0 ? std::round(values[d] / by) : 0;
      set_nibble(value_at(slot, head, d), static_cast<int>(std::clamp(real, -7.0, 7.0)) + 8);
    }
  }

 private:
  int32_t words() const { return (p_.value_size + 3) / 4; }
  // Bytes, and places of four bits.
  int32_t multiplier_at(int32_t slot, int32_t head) const {
    return (p_.slots + 1) / 2 * p_.kv_heads * words() * 4 + slot / 2 * p_.kv_heads + head;
  }
  int32_t value_at(int32_t slot, int32_t head, int32_t d) const {
    const int32_t word = (slot / 2 * p_.kv_heads + head) * words() + d / 4;
    return 8 * word + slot % 2 * 4 + d % 4;
  }
  int nibble(int32_t at) const { return bytes_.at(static_cast<size_t>(at / 2)) >> (at % 2 * 4) & 15; }
  void set_nibble(int32_t at, int to) {
    uint8_t& byte = bytes_.at(static_cast<size_t>(at / 2));
    byte = static_cast<uint8_t>(at % 2 == 0 ? (byte & 0xF0) | to : (byte & 0x0F) | to << 4);
  }

  const CachedAttentionS8S4::Params& p_;
  std::vector<uint8_t>& bytes_;
};

TEST(CachedAttentionS8S4, IsItsDefinition) {
  std::mt19937 rng(41);
  for (int round = 0; round < 300; ++round) {
    const CachedAttentionS8S4Case made = any_cached_attention_s8_s4_case(rng);
    const auto& p = made.p;
    const Left left = run(made);
    auto slot_keys = made.key_cache;
    auto bytes = made.value_cache;
    Cache cache(p, bytes);
    const auto put = [&](int32_t token, int32_t slot) {
      for (int32_t head = 0; head < p.kv_heads; ++head) {
        cache.put(slot, head, made.value.data() + (token * p.kv_heads + head) * p.value_size);
      }
    };
    const auto value_of = [&](int32_t slot, int32_t head, int32_t d) { return cache.value(slot, head, d); };
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
    EXPECT_EQ(run(made).output, each.kept);
  }
}

TEST(CachedAttentionS8S4, ABlockIsItsSteps) {
  std::mt19937 rng(43);
  for (int round = 0; round < 100; ++round) {
    const CachedAttentionS8S4Case block = any_cached_attention_s8_s4_case(rng);
    const Left whole = run(block);
    CachedAttentionS8S4Case step = block;
    step.p.tokens = 1;
    const auto part = [&](const std::vector<int8_t>& from, int32_t token, int32_t& elements) {
      elements = static_cast<int32_t>(from.size()) / block.p.tokens;
      return std::vector<int8_t>(from.begin() + token * elements, from.begin() + (token + 1) * elements);
    };
    for (int32_t token = 0; token < block.p.tokens; ++token) {
      take_queries(step, block, token);
      step.key = part(block.key, token, step.p.key_elements);
      step.value = part(block.value, token, step.p.value_elements);
      const std::vector<int8_t> expected = part(whole.output, token, step.p.output_elements);
      const Left left = run(step);
      ASSERT_EQ(left.output, expected) << round;
      step.key_cache = left.keys;
      step.value_cache = left.values;
      step.place = next_place(step.p, step.place);
    }
    ASSERT_EQ(step.value_cache, whole.values) << round;
  }
}

TEST(CachedAttentionS8S4, PlacesThatAreNoneStayWithinTheCaches) {
  std::mt19937 rng(44);
  for (const int32_t slot : {INT32_MIN, -1, INT32_MAX}) {
    for (const int32_t filled : {INT32_MIN, -1, INT32_MAX}) {
      CachedAttentionS8S4Case made = any_cached_attention_s8_s4_case(rng);
      made.place = {5, slot, filled};
      EXPECT_EQ(run(made).values.size(), made.value_cache.size());
    }
  }
}

}  // namespace
}  // namespace tmc::kernels
