// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/naming.hpp"

#include <gtest/gtest.h>

namespace tmc::backend::cpp {
namespace {

TEST(Naming, IdentifierPartsHoldNothingButLettersDigitsAndSingleUnderscores) {
  EXPECT_EQ(identifier_part("conv1/Conv2D;bias__0"), "conv1_Conv2D_bias_0");
  EXPECT_EQ(identifier_part("\xd0\x9f:/"), "");
  EXPECT_EQ(identifier_part("__x__"), "x");
  EXPECT_EQ(identifier_part(std::string(100, 'a')).size(), 40u);
}

TEST(Naming, NothingInACommentCanEndItOrContinueIt) {
  EXPECT_EQ(comment_text("a\nb\rc\\d*/e?"
                         "?/f\"g'h"),
            "a_b_c_d_/e__/f_g_h");
  EXPECT_EQ(comment_text("right-to-left \xe2\x80\xae mark"), "right-to-left ___ mark");
  EXPECT_EQ(comment_text(std::string(200, 'x')).size(), 80u);
}

TEST(Naming, LiteralsKeepEveryByte) {
  EXPECT_EQ(string_literal("serving_default:0"), "\"serving_default:0\"");
  EXPECT_EQ(string_literal("a\"b\\c\n?"), R"("a\042b\134c\012\077")");
  EXPECT_EQ(string_literal(std::string_view("\0"
                                            "1\xff",
                                            3)),
            R"("\0001\377")");
}

TEST(Naming, ModelNamesAreLowerCaseIdentifiersThatNobodyReserved) {
  for (const char* name : {"kws_int8", "a", "x1"}) EXPECT_TRUE(is_model_name(name)) << name;
  for (const char* name :
       {"", "1a", "_a", "Kws", "a-b", "a__b", "int", "while", "alignas", "xor_eq", "std", "tmc", "linux"}) {
    EXPECT_FALSE(is_model_name(name)) << name;
  }
}

}  // namespace
}  // namespace tmc::backend::cpp
