// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/softmax_s8.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/armv7em/detail/reciprocal.hpp"
#include "tmc/kernels/common/reciprocal.hpp"
#include "tmc/kernels/testing/softmax_case.hpp"

namespace tmc::kernels {
namespace {

using testing::exponentials_of;
using testing::softmax_case;

TEST(SoftmaxS8, IsTheNearestIntegerUpToTheErrorOfTheSum) {
  std::mt19937 rng(11);
  for (int round = 0; round < 300; ++round) {
    const auto [p, table, input] = testing::random_softmax(rng, round);
    const std::vector<std::byte> output = testing::expect_implementations_agree(softmax_case(p, table, input));
    const std::vector<double> expected = testing::naive_softmax(p, table, input, 256);
    for (size_t i = 0; i < expected.size(); ++i) {
      // Half a step of rounding; an exponential enters the sum with 19 fractional bits.
      ASSERT_NEAR(static_cast<int8_t>(output[i]), expected[i], 0.5 + p.depth * 256.0 / (1 << 20) + 1e-6) << round;
    }
  }
}

// Output of LiteRT's reference kernel for scale 0.1.
TEST(SoftmaxS8, MatchesAKnownRow) {
  const std::vector<int32_t> table = exponentials_of(static_cast<double>(0.1F));
  const SoftmaxS8::Params p{1, 8, 1, static_cast<int32_t>(table.size())};
  EXPECT_EQ(testing::expect_implementations_agree(softmax_case(p, table, {1, 2, 3, 40, 50, 60, -128, 55})),
            testing::to_bytes<int8_t>({-128, -128, -128, -112, -84, -7, -128, -55}));
}

TEST(SoftmaxS8, EqualInputsShareEquallyUpToTheLargestDepth) {
  for (const int depth : {1, 2, 3, 256, 4095}) {
    const SoftmaxS8::Params p{1, depth, 1, 1};
    const auto size = static_cast<size_t>(depth);
    const auto share = static_cast<int8_t>(std::min(127.0, std::round(256.0 / depth) - 128));
    EXPECT_EQ(testing::expect_implementations_agree(softmax_case(p, {INT32_MAX}, std::vector<int8_t>(size, 5))),
              testing::to_bytes(std::vector<int8_t>(size, share)))
        << depth;
  }
  EXPECT_FALSE(find_implementation("portable", "softmax_s8")->applies(to_words(SoftmaxS8::Params{1, 4096, 1, 1})));
}

// Every value of a row counts, wherever it stands, and the largest is found wherever it stands.
TEST(SoftmaxS8, TheLargestMayStandAnywhere) {
  const std::vector<int32_t> table = exponentials_of(0.02);
  for (int depth = 1; depth <= 13; ++depth) {
    for (int place = 0; place < depth; ++place) {
      std::vector<std::string> tested;
      for (const int inner : {1, 7}) {
        const SoftmaxS8::Params p{1, depth, inner, static_cast<int32_t>(table.size())};
        std::vector<int8_t> input(static_cast<size_t>(depth * inner), -128);
        for (int row = 0; row < inner; ++row) input[static_cast<size_t>((place + row) % depth * inner + row)] = 127;
        testing::expect_implementations_agree(softmax_case(p, table, input), &tested);
      }
      testing::expect_all_were_tested(*find_kernel("softmax_s8"), tested);
    }
  }
}

// The exponentials of inputs as coarse, and as fine, as can be; sums near powers of two.
TEST(SoftmaxS8, ImplementationsAgreeOnLongRows) {
  std::mt19937 rng(12);
  for (const int depth : {511, 512, 1023, 1024, 2047, 2048, 4095}) {
    for (const double scale : {1e-6, 0.001, 0.3, 20.0}) {
      const std::vector<int32_t> table = exponentials_of(scale);
      const SoftmaxS8::Params p{1, depth, 1, static_cast<int32_t>(table.size())};
      const int spread = testing::pick(rng, 0, 255);
      testing::expect_implementations_agree(
          softmax_case(p, table, testing::random_values<int8_t>(rng, static_cast<size_t>(depth), 127 - spread, 127)));
    }
  }
}

TEST(SoftmaxS8, AQuickReciprocalIsTheSame) {
  std::mt19937 rng(13);
  const auto expect_same = [](int32_t value) {
    const Reciprocal exact = reciprocal_of(value, SoftmaxS8::kSumIntegerBits);
    const Reciprocal quick = armv7em::quick_reciprocal_of(value, SoftmaxS8::kSumIntegerBits);
    ASSERT_EQ(quick.reciprocal, exact.reciprocal) << value;
    ASSERT_EQ(quick.exponent, exact.exponent) << value;
  };
  for (int bit = 0; bit < 31; ++bit) {
    for (int32_t value = 1 << bit; value < (1 << bit) + 300 && value > 0; ++value) expect_same(value);
    expect_same(static_cast<int32_t>((uint32_t{1} << (bit + 1)) - 1));
  }
  for (int i = 0; i < 200000; ++i) expect_same(testing::pick(rng, 1, INT32_MAX));
}

// What the armv7em implementation relies on: where an output can be more than nothing, the reciprocal is 2^30 or more.
// Sums have 19 fractional bits; it is least for those that are all ones.
TEST(SoftmaxS8, ReciprocalsOfSumsBelow1024AreOneHalfOrMore) {
  for (int bits = 20; bits <= 29; ++bits) {
    for (int32_t less = 1; less < 64; ++less) {
      EXPECT_GE(reciprocal_of((1 << bits) - less, SoftmaxS8::kSumIntegerBits).reciprocal, 1 << 30);
    }
  }
  EXPECT_GT(reciprocal_of(1 << 29, SoftmaxS8::kSumIntegerBits).exponent + 31 - 8, 32);
}

TEST(SoftmaxS8, TheReciprocalIsExactTo28Bits) {
  for (int64_t x = 0; x <= INT32_MAX; x += 7654321) {
    const double exact = std::ldexp(1 / (1 + std::ldexp(static_cast<double>(x), -31)), 31);
    EXPECT_NEAR(one_over_one_plus(static_cast<int32_t>(x)), exact, 8) << x;
  }
}

}  // namespace
}  // namespace tmc::kernels
