// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/core/thumb.hpp"

#include <gtest/gtest.h>

namespace tmc::sim {
namespace {

// Encodings as the GNU assembler makes them.
TEST(Thumb, KnowsWhatNeedsCare) {
  EXPECT_EQ(care_of(0xBF00, 0), Care::kNone);               // nop
  EXPECT_EQ(care_of(0xBF08, 0), Care::kIfThen);             // it eq
  EXPECT_EQ(care_of(0xC906, 0), Care::kAligned);            // ldmia r1, {r1, r2}
  EXPECT_EQ(care_of(0xE9D1, 0x2302), Care::kAligned);       // ldrd r2, r3, [r1, #8]
  EXPECT_EQ(care_of(0xE8DF, 0xF001), Care::kNone);          // tbb [pc, r1]
  EXPECT_EQ(care_of(0xF8D1, 0x2003), Care::kNone);          // ldr.w r2, [r1, #3]
  EXPECT_EQ(care_of(0xFB91, 0xF0F2), Care::kDivide);        // sdiv r0, r1, r2
  EXPECT_EQ(care_of(0xFB21, 0x3002), Care::kNone);          // smlad r0, r1, r2, r3
  EXPECT_EQ(care_of(0xEE70, 0x0A00), Care::kFloat);         // vadd.f32 s1, s0, s0
  EXPECT_EQ(care_of(0xEE10, 0x4A90), Care::kFloat);         // vmov r4, s1
  EXPECT_EQ(care_of(0xFEF8, 0x1A41), Care::kFloat);         // vrinta.f32 s3, s2
  EXPECT_EQ(care_of(0xEC55, 0x4B11), Care::kFloat);         // vmov r4, r5, d1
  EXPECT_EQ(care_of(0xEDD1, 0x0A02), Care::kAlignedFloat);  // vldr s1, [r1, #8]
}

TEST(Thumb, FindsWhereWordsBegin) {
  const auto at = [](uint16_t first, uint16_t second) {
    const WordAddress where = word_address(first, second);
    return std::pair<int, int>(where.base, where.offset);
  };
  EXPECT_EQ(at(0xE9D1, 0x2302), std::pair(1, 8));   // ldrd r2, r3, [r1, #8]
  EXPECT_EQ(at(0xE951, 0x2302), std::pair(1, -8));  // ldrd r2, r3, [r1, #-8]
  EXPECT_EQ(at(0xE8F1, 0x2302), std::pair(1, 0));   // ldrd r2, r3, [r1], #8
  EXPECT_EQ(at(0xE891, 0x000C), std::pair(1, 0));   // ldmia.w r1, {r2, r3}
  EXPECT_EQ(at(0xEDD1, 0x0A02), std::pair(1, 8));   // vldr s1, [r1, #8]
  EXPECT_EQ(at(0xECB1, 0x0A02), std::pair(1, 0));   // vldmia r1!, {s0, s1}
  EXPECT_EQ(at(0xE851, 0x2F01), std::pair(1, 4));   // ldrex r2, [r1, #4]
}

TEST(Thumb, CountsAnItBlock) {
  EXPECT_EQ(block_length(0xBF08), 1U);  // it eq
  EXPECT_EQ(block_length(0xBF0C), 2U);  // ite eq
  EXPECT_EQ(block_length(0xBF0B), 4U);  // itete eq
}

}  // namespace
}  // namespace tmc::sim
