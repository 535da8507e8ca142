// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/program/testing/example.hpp"

namespace tmc::program {
namespace {

using ::testing::HasSubstr;

TEST(ProgramJson, ReadsBackToTheSameProgram) {
  for (const bool is_placed : {true, false}) {
    const Program program = testing::example(is_placed);
    const auto read = from_json(to_json(program));
    ASSERT_TRUE(read.ok()) << read.status().text();
    testing::expect_equal(*read, program);
  }
}

TEST(ProgramJson, LeavesDataOut) {
  const std::string text = to_json(testing::example(true), {.data = false, .indent = 1});
  EXPECT_EQ(text.find("\"data\""), std::string::npos);
  EXPECT_THAT(from_json(text).status().text(), HasSubstr("constants[0]"));
}

TEST(ProgramJson, RefusesWhatIsWrong) {
  const std::string good = to_json(testing::example(true));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    return from_json(text).status();
  };
  EXPECT_EQ(from_json("{").status().code(), Error::kMalformed);
  EXPECT_EQ(from_json("[]").status().code(), Error::kMalformed);
  EXPECT_THAT(with("\"keep_inputs\":true", "\"keep_inputs\":1").text(), HasSubstr("keep_inputs"));
  EXPECT_EQ(with("\"body\":\"fully_connected_s8\"", "\"body\":\"magic\"").code(), Error::kNotFound);
  EXPECT_THAT(with("\"inputs\":3", "\"inputs\":\"3\"").text(), HasSubstr("node 'steps[0]'"));
  EXPECT_THAT(with("\"kind\":\"input\"", "\"kind\":\"imput\"").text(), HasSubstr("kind of buffer"));
  EXPECT_THAT(with("\"buffer\":0", "\"buffer\":7").text(), HasSubstr("out of range"));
  EXPECT_THAT(with("\"byte_offset\":0", "\"byte_offset\":-1").text(), HasSubstr("outside its buffer"));
  EXPECT_THAT(with("\"offset\":16", "\"offset\":160000").text(), HasSubstr("outside its region"));
  EXPECT_THAT(with("\"outputs\":[1]", "\"outputs\":[2]").text(), HasSubstr("no tensor"));
  EXPECT_THAT(with("\"bytes\":2,", "\"bytes\":-2,").text(), HasSubstr("has -2 bytes"));
}

TEST(ProgramJson, NeverFailsBadlyOnTruncatedText) {
  const std::string good = to_json(testing::example(true));
  for (size_t length = 0; length < good.size(); ++length) {
    EXPECT_FALSE(from_json(std::string_view(good).substr(0, length)).ok());
  }
}

}  // namespace
}  // namespace tmc::program
