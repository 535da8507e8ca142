// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/contract/quantize_dynamic.hpp"

#include <gtest/gtest.h>

#include "tmc/kernels/testing/quantize_dynamic_case.hpp"

namespace tmc::kernels {
namespace {

using namespace testing;

struct Quantized {
  std::vector<DynamicQuantization> headers;
  std::vector<int8_t> elements;
};

Quantized run(const QuantizeDynamic::Params& p, const std::vector<float>& input) {
  const auto header_bytes = static_cast<size_t>(dynamic_header_bytes(p.batch));
  const std::vector<std::byte> bytes = expect_implementations_agree(quantize_dynamic_case(p, input));
  Quantized made{std::vector<DynamicQuantization>(static_cast<size_t>(p.batch)), std::vector<int8_t>(input.size())};
  std::memcpy(made.headers.data(), bytes.data(), made.headers.size() * sizeof(DynamicQuantization));
  std::memcpy(made.elements.data(), bytes.data() + header_bytes, input.size());
  return made;
}

TEST(QuantizeDynamic, EveryElementIsWithinHalfAStep) {
  std::mt19937 rng(20);
  for (int round = 0; round < 100; ++round) {
    const QuantizeDynamic::Params p{pick(rng, 1, 3), pick(rng, 1, 70), round % 2};
    std::vector<float> input = random_floats(rng, static_cast<size_t>(p.batch * p.elements));
    if (round % 3 == 0) {
      for (float& value : input) value = std::fmax(value, 0.0F);
    }
    const Quantized made = run(p, input);
    for (size_t i = 0; i < input.size(); ++i) {
      const DynamicQuantization& header = made.headers[i / static_cast<size_t>(p.elements)];
      const float real = header.scale * static_cast<float>(made.elements[i] - header.zero_point);
      EXPECT_NEAR(real, input[i], 0.5001 * static_cast<double>(header.scale)) << round;
      EXPECT_TRUE(p.asymmetric || header.zero_point == 0);
    }
  }
}

TEST(QuantizeDynamic, ImplementationsAgree) {
  std::mt19937 rng(21);
  for (int round = 0; round < 200; ++round) expect_implementations_agree(any_quantize_dynamic_case(rng));
}

TEST(QuantizeDynamic, TheRangeIsFilled) {
  const Quantized asymmetric = run({1, 4, 1}, {0, 1, 25.5F, 12.8F});
  EXPECT_EQ(asymmetric.headers[0].scale, 0.1F);
  EXPECT_EQ(asymmetric.headers[0].zero_point, -128);
  EXPECT_EQ(asymmetric.elements, (std::vector<int8_t>{-128, -118, 127, 0}));
  const Quantized symmetric = run({1, 3, 0}, {-12.7F, 1, 6.35F});
  EXPECT_EQ(symmetric.headers[0].scale, 0.1F);
  EXPECT_EQ(symmetric.elements, (std::vector<int8_t>{-127, 10, 64}));
}

TEST(QuantizeDynamic, ZerosHaveTheScaleOne) {
  for (const int asymmetric : {0, 1}) {
    const Quantized made = run({2, 2, asymmetric}, {0, 0, 1, -1});
    EXPECT_EQ(made.headers[0].scale, 1.0F);
    EXPECT_EQ(made.headers[0].zero_point, 0);
    EXPECT_EQ(made.elements[0], 0);
    EXPECT_EQ(made.elements[1], 0);
  }
}

TEST(QuantizeDynamic, SmallNumbersAreQuantisedUntilTheyCountAsZero) {
  const Quantized made = run({3, 2, 0}, {0x1p-110F, -0x1p-111F, 0x1.8p-111F, 0x1p-140F, -0x1p-149F, 0});
  EXPECT_EQ(made.elements, (std::vector<int8_t>{127, -64, 0, 0, 0, 0}));
  EXPECT_EQ(made.headers[0].scale, 0x1p-110F / 127);
  EXPECT_EQ(made.headers[1].scale, 1.0F);
  EXPECT_EQ(made.headers[2].scale, 1.0F);
}

}  // namespace
}  // namespace tmc::kernels
