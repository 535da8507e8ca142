// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/cpp/naming.hpp"

#include <gtest/gtest.h>

#include <random>

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
       {"", "1a", "_a", "Kws", "a-b", "a__b", "int", "while", "alignas", "xor_eq", "std", "tmc", "linux", "exp"}) {
    EXPECT_FALSE(is_model_name(name)) << name;
  }
}

TEST(Naming, AnyTextGivesAModelName) {
  EXPECT_EQ(model_name_from("kws_int8"), "kws_int8");
  EXPECT_EQ(model_name_from("kws (1)"), "kws_1");
  EXPECT_EQ(model_name_from("KWS-Int8.v2"), "kws_int8_v2");
  EXPECT_EQ(model_name_from("2d-model (v1.0) final"), "model_2d_model_v1_0_final");
  EXPECT_EQ(model_name_from("class"), "model_class");
  EXPECT_EQ(model_name_from("uint8_t"), "model_uint8_t");
  EXPECT_EQ(model_name_from("mod\xc3\xa8le"), "mod_le");
  EXPECT_EQ(model_name_from(""), "model");
  EXPECT_EQ(model_name_from("\xe6\xa8\xa1"), "model");
  EXPECT_EQ(model_name_from(std::string(300, 'A')), std::string(300, 'a'));
}

TEST(Naming, NamesMadeOfRandomBytesAreModelNames) {
  std::mt19937 random(1);
  for (int i = 0; i < 10'000; ++i) {
    std::string text(random() % 100, ' ');
    for (char& letter : text) letter = "aZ_09 \xc3./-"[random() % 11];
    EXPECT_TRUE(is_model_name(model_name_from(text))) << text;
  }
}

}  // namespace
}  // namespace tmc::backend::cpp
