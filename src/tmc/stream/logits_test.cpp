// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/stream/logits.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

#include "tmc/stream/host/sampling.hpp"

namespace tmc::stream {
namespace {

// The numbers that the demonstration of pcg-c-basic prints for its seed.
TEST(Pcg32, GivesThePublishedNumbers) {
  Pcg32 random = Pcg32::of(42, 54);
  for (const uint32_t wanted : {0xA15C02B7U, 0x7B47F409U, 0xBA1D3330U, 0x83D2F293U, 0xBFA4784BU, 0xCBED606EU}) {
    EXPECT_EQ(random.next(), wanted);
  }
}

TEST(Logits, PowersOfAHalfFallAndAreNearTheFunction) {
  uint32_t before = power_of_half(0);
  EXPECT_EQ(before, 1U << 30);
  for (uint64_t t = 1; t < uint64_t{32} << 16; ++t) {
    const uint32_t power = power_of_half(t);
    ASSERT_LE(power, before);
    ASSERT_NEAR(power, std::exp2(30 - static_cast<double>(t) / 65536), 1 + 5e-7 * before);
    before = power;
  }
  EXPECT_EQ(power_of_half(UINT64_MAX), 0U);
}

TEST(Logits, FloatsAreRoundedHalfAwayFromZero) {
  std::mt19937 rng(15);
  for (int i = 0; i < 200'000; ++i) {
    const auto bits = static_cast<uint32_t>(rng() % 2 == 0 ? rng() : (rng() & 0x80FFFFFF) | 0x33000000 | rng() << 24);
    if (kind_of_float_bits(bits) != FloatKind::kNumber) continue;
    float value = 0;
    std::memcpy(&value, &bits, sizeof value);
    const double scaled = std::round(std::clamp(value * 65536.0, -2147483647.0, 2147483647.0));
    ASSERT_EQ(logit_of_float_bits(bits), static_cast<int64_t>(scaled)) << value;
  }
  for (const float value : {0.0F, -0.0F, 0.5F / 65536, -0.5F / 65536, 1.5F / 65536, 32767.99F, -32768.0F, 1e-40F}) {
    uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    const double scaled = std::round(std::clamp(value * 65536.0, -2147483647.0, 2147483647.0));
    EXPECT_EQ(logit_of_float_bits(bits), static_cast<int64_t>(scaled)) << value;
  }
}

TEST(Logits, WeightsAreThoseOfTheScaleAndTheTemperature) {
  std::mt19937 rng(16);
  for (int i = 0; i < 100'000; ++i) {
    const double scale = std::exp2(static_cast<double>(rng() % 5600) / 100 - 28);
    const auto temperature = static_cast<uint32_t>(1 + rng() % (1U << (1 + rng() % 30)));
    const Logits logits = quantized_logits(LogitType::kI32, scale, 0);
    const auto difference = static_cast<uint32_t>(rng() >> rng() % 32);
    const double octaves = difference * scale * 65536 / temperature * std::log2(std::exp(1.0));
    const double exact = std::exp2(30 - octaves);
    const uint32_t weight = LogitWeights(logits.multiplier, logits.shift, temperature).weight(difference);
    ASSERT_NEAR(weight, exact, 1.001 + 1.3e-5 * exact) << scale << " " << temperature << " " << difference;
  }
}

TEST(Wide, DividesAndMultiplies) {
  std::mt19937_64 rng(17);
  for (int i = 0; i < 20'000; ++i) {
    const uint64_t a = rng() >> rng() % 64;
    const uint64_t b = rng() >> rng() % 64;
    ASSERT_EQ(multiply_high(a, b), static_cast<uint64_t>(static_cast<unsigned __int128>(a) * b >> 64));
    const auto divisor = static_cast<uint32_t>(1 + b % (uint64_t{1} << 31));
    ASSERT_EQ(divide(a, divisor).quotient, a / divisor);
    ASSERT_EQ(divide(a, divisor).rest, a % divisor);
  }
}

}  // namespace
}  // namespace tmc::stream
