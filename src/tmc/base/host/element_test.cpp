// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/element.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstring>

namespace tmc {
namespace {

double load(DType dtype, uint16_t bits) {
  std::byte bytes[2];
  std::memcpy(bytes, &bits, sizeof bits);
  return load_element(dtype, bytes);
}

TEST(Element, ReadsHalf) {
  EXPECT_EQ(load(DType::kF16, 0x3C00), 1.0);
  EXPECT_EQ(load(DType::kF16, 0xC100), -2.5);
  EXPECT_EQ(load(DType::kF16, 0x7BFF), 65504.0);
  EXPECT_EQ(load(DType::kF16, 0x0400), std::ldexp(1, -14));  // the least normal
  EXPECT_EQ(load(DType::kF16, 0x03FF), std::ldexp(1023, -24));
  EXPECT_TRUE(std::signbit(load(DType::kF16, 0x8000)));
  EXPECT_EQ(load(DType::kF16, 0xFC00), -HUGE_VAL);
  EXPECT_TRUE(std::isnan(load(DType::kF16, 0x7E00)));
}

TEST(Element, ReadsBfloat) {
  EXPECT_EQ(load(DType::kBF16, 0x3F80), 1.0);
  EXPECT_EQ(load(DType::kBF16, 0xC020), -2.5);
}

}  // namespace
}  // namespace tmc
