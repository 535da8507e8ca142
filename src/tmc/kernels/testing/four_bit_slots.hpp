// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Caches of four bits as contracts say them, a number at a time, and what their tests share.

#include "tmc/kernels/testing/cached_attention_case.hpp"

namespace tmc::kernels::testing {

// Four bits of a cache, the `at`th of all.
class FourBits {
 public:
  explicit FourBits(std::vector<uint8_t>& bytes) : bytes_(bytes) {}

  int get(int32_t at) const { return bytes_.at(static_cast<size_t>(at / 2)) >> (at % 2 * 4) & 15; }
  void set(int32_t at, int to) {
    uint8_t& byte = bytes_.at(static_cast<size_t>(at / 2));
    byte = static_cast<uint8_t>(at % 2 == 0 ? (byte & 0xF0) | to : (byte & 0x0F) | to << 4);
  }

 private:
  std::vector<uint8_t>& bytes_;
};

// Of contract/cached_attention_s8_s4.hpp.
class FourBitValueSlots {
 public:
  template <typename Params>
  FourBitValueSlots(const Params& p, std::vector<uint8_t>& bytes)
      : bits_(bytes), size_(p.value_size), heads_(p.kv_heads), pairs_((p.slots + 1) / 2) {}

  int element(int32_t slot, int32_t head, int32_t d) const {
    return (bits_.get(element_at(slot, head, d)) - 8) * bits_.get(multiplier_at(slot, head));
  }
  void put(int32_t slot, int32_t head, const int8_t* values) {
    double largest = 0;
    for (int32_t d = 0; d < size_; ++d) largest = std::max(largest, std::abs(double{1} * values[d]));
    const double by = std::min(std::ceil(largest / 7), 15.0);
    bits_.set(multiplier_at(slot, head), static_cast<int>(by));
    for (int32_t d = 0; d < words() * 4; ++d) {
      const double real = d < size_ && by > 0 ? std::round(values[d] / by) : 0;
      bits_.set(element_at(slot, head, d), static_cast<int>(std::clamp(real, -7.0, 7.0)) + 8);
    }
  }

 private:
  int32_t words() const { return (size_ + 3) / 4; }
  int32_t multiplier_at(int32_t slot, int32_t head) const {
    return 2 * (pairs_ * heads_ * words() * 4 + slot / 2 * heads_ + head) + slot % 2;
  }
  int32_t element_at(int32_t slot, int32_t head, int32_t d) const {
    return 8 * ((slot / 2 * heads_ + head) * words() + d / 4) + slot % 2 * 4 + d % 4;
  }

  FourBits bits_;
  int32_t size_, heads_, pairs_;
};

// Of contract/cached_attention_s4.hpp.
class FourBitKeySlots {
 public:
  template <typename Params>
  FourBitKeySlots(const Params& p, std::vector<uint8_t>& bytes)
      : bits_(bytes), size_(p.size), heads_(p.kv_heads), slots_(p.slots) {}

  int element(int32_t slot, int32_t head, int32_t d) const {
    const int32_t grid = grid_at(slot, head);
    return (bits_.get(element_at(slot, head, d)) - bits_.get(grid + 1)) * (bits_.get(grid) + 1);
  }
  void put(int32_t slot, int32_t head, const int8_t* key) {
    double low = 0, high = 0;
    for (int32_t d = 0; d < size_; ++d) {
      low = std::min(low, double{1} * key[d]);
      high = std::max(high, double{1} * key[d]);
    }
    const double by = std::clamp(std::ceil((high - low) / 15), 1.0, 16.0);
    const double zero = std::min(std::floor(-low / by + 0.5), 15.0);
    bits_.set(grid_at(slot, head), static_cast<int>(by) - 1);
    bits_.set(grid_at(slot, head) + 1, static_cast<int>(zero));
    for (int32_t d = 0; d < words() * 8; ++d) {
      const double real = zero + (d < size_ ? std::round(key[d] / by) : 0);
      bits_.set(element_at(slot, head, d), static_cast<int>(std::clamp(real, 0.0, 15.0)));
    }
  }

 private:
  int32_t words() const { return (size_ + 7) / 8; }
  int32_t grid_at(int32_t slot, int32_t head) const {
    return 2 * (slots_ * heads_ * words() * 4 + slot * heads_ + head);
  }
  int32_t element_at(int32_t slot, int32_t head, int32_t d) const { return 8 * (slot * heads_ + head) * words() + d; }

  FourBits bits_;
  int32_t size_, heads_, slots_;
};

// Elements of a head's key or value, as they are, or all the same, or few that stand out.
inline std::vector<int8_t> any_cached_elements(std::mt19937& rng, int32_t count) {
  const int kind = pick(rng, 0, 5);
  const int32_t most = kind == 0 ? 0 : kind == 1 ? 6 : kind == 2 ? 60 : 127;
  std::vector<int8_t> values = random_values<int8_t>(rng, static_cast<size_t>(count), kind == 3 ? most : -most, most);
  if (kind == 4) values[rng() % values.size()] = -128;
  if (kind != 5) return values;
  for (int8_t& value : values) value = static_cast<int8_t>(rng() % 16 == 0 ? 127 : value % 3);
  return values;
}

// Of so many heads.
inline std::vector<int8_t> any_cached_heads(std::mt19937& rng, int32_t heads, int32_t size) {
  std::vector<int8_t> all;
  for (int32_t head = 0; head < heads; ++head) {
    const std::vector<int8_t> values = any_cached_elements(rng, size);
    all.insert(all.end(), values.begin(), values.end());
  }
  return all;
}

template <typename T>
std::vector<T> taken(const std::vector<std::byte>& bytes, size_t first, size_t count) {
  std::vector<T> values(count);
  std::memcpy(values.data(), bytes.data() + first, count);
  return values;
}

// What a run leaves: the output and both caches.
template <typename AnyCase>
struct Left {
  std::vector<int8_t> output;
  decltype(AnyCase::key_cache) keys;
  decltype(AnyCase::value_cache) values;
};

template <typename AnyCase>
Left<AnyCase> left_by(const AnyCase& made) {
  const std::vector<std::byte> bytes = expect_implementations_agree(made.implementation_case());
  const auto outputs = static_cast<size_t>(made.p.output_elements), keys = outputs + made.key_cache.size();
  return {taken<int8_t>(bytes, 0, outputs),
          taken<typename decltype(made.key_cache)::value_type>(bytes, outputs, made.key_cache.size()),
          taken<typename decltype(made.value_cache)::value_type>(bytes, keys, made.value_cache.size())};
}

template <typename AnyCase>
void expect_a_block_is_its_steps(const AnyCase& block) {
  const Left<AnyCase> whole = left_by(block);
  AnyCase step = block;
  step.p.tokens = 1;
  const auto part = [&](const std::vector<int8_t>& from, int32_t token, int32_t& elements) {
    elements = static_cast<int32_t>(from.size()) / block.p.tokens;
    return std::vector<int8_t>(from.begin() + token * elements, from.begin() + (token + 1) * elements);
  };
  for (int32_t token = 0; token < block.p.tokens; ++token) {
    take_queries(step, block, token);
    step.key = part(block.key, token, step.p.key_elements);
    step.value = part(block.value, token, step.p.value_elements);
    if constexpr (requires { step.mean_query; }) {
      if (block.p.turns_elements > 1) step.mean_query = part(block.mean_query, token, step.p.mean_query_elements);
    }
    const std::vector<int8_t> expected = part(whole.output, token, step.p.output_elements);
    const Left<AnyCase> left = left_by(step);
    ASSERT_EQ(left.output, expected);
    step.key_cache = left.keys;
    step.value_cache = left.values;
    step.place = next_place(step.p, step.place);
  }
  ASSERT_EQ(step.key_cache, whole.keys);
  ASSERT_EQ(step.value_cache, whole.values);
}

// any_case(): one more.
template <typename AnyCase>
void expect_places_stay_within(AnyCase any_case) {
  for (const int32_t slot : {INT32_MIN, -1, INT32_MAX}) {
    for (const int32_t filled : {INT32_MIN, -1, INT32_MAX}) {
      auto made = any_case();
      made.place = {5, slot, filled};
      EXPECT_EQ(left_by(made).values.size(), made.value_cache.size());
    }
  }
}

}  // namespace tmc::kernels::testing
