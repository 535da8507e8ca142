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

// The reader's answer to the example with one piece of its text replaced.
Status with(const std::string& from, const std::string& to) {
  std::string text = to_json(testing::example(true));
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return from_json(text).status();
}

TEST(ProgramJson, RefusesMembersOfAnotherKind) {
  EXPECT_EQ(from_json("{").status().code(), Error::kMalformed);
  EXPECT_EQ(from_json("[]").status().code(), Error::kMalformed);
  EXPECT_EQ(from_json(std::string(100'000, '[')).status().code(), Error::kMalformed);
  EXPECT_THAT(with(R"("keep_inputs":true)", R"("keep_inputs":1)").text(), HasSubstr("keep_inputs"));
  EXPECT_THAT(with(R"("plan":{)", R"("plan":[],"not":{)").text(), HasSubstr("method"));
  EXPECT_THAT(with(R"("inputs":3)", R"("inputs":"3")").text(), HasSubstr("node 'steps[0]'"));
  EXPECT_THAT(with(R"("inputs":3)", R"("inputs":[3])").text(), HasSubstr("value of this parameter"));
  EXPECT_THAT(with(R"("inputs":3)", R"("inputs":2147483648)").text(), HasSubstr("value of this parameter"));
  EXPECT_THAT(with(R"("kind":"input")", R"("kind":"imput")").text(), HasSubstr("kind of buffer"));
  EXPECT_THAT(with(R"("dtype":"i8")", R"("dtype":"i9")").text(), HasSubstr("no dtype 'i9'"));
  EXPECT_THAT(with(R"("data":")", R"("data":"*)").text(), HasSubstr("base64"));
  EXPECT_THAT(with(R"("bytes":6)", R"("bytes":7)").text(), HasSubstr("6 bytes of data where 7 are said"));
  EXPECT_THAT(with(R"("scales":[)", R"("scales":[-1e300,)").text(), HasSubstr("scales"));
  EXPECT_THAT(with(R"("shape":[1,3])", R"("shape":[1,1,1,1,1,1,1,1,3])").text(), HasSubstr("at most 8"));
}

TEST(ProgramJson, RefusesOperandsOfAnotherContract) {
  EXPECT_EQ(with(R"("body":"fully_connected_s8")", R"("body":"magic")").code(), Error::kNotFound);
  EXPECT_THAT(with(R"("operands":[)", R"("operands":[1,)").text(), HasSubstr("node 'operands[0]'"));
  EXPECT_THAT(with(R"({"name":"input",)", R"({"name":"weights",)").text(), HasSubstr("where 'input' belongs"));
  EXPECT_THAT(with(R"({"name":"weights","constant":0},)", "").text(), HasSubstr("where 'weights' belongs"));
  EXPECT_THAT(with(R"({"name":"scratch"})", R"({"name":"scratch"},{"name":"x"})").text(), HasSubstr("'operands'"));
  EXPECT_THAT(with(R"(,{"name":"scratch"})", "").text(), HasSubstr("does not match the contract"));
  EXPECT_THAT(with(R"("constant":0)", R"("constant":0,"buffer":0)").text(), HasSubstr("both buffer and constant"));
  EXPECT_THAT(with(R"({"name":"output","buffer":1)", R"({"name":"output","constant":1)").text(),
              HasSubstr("wrong kind"));
}

TEST(ProgramJson, RefusesWhatIsOutOfBounds) {
  EXPECT_THAT(with(R"("buffer":0)", R"("buffer":7)").text(), HasSubstr("out of range"));
  EXPECT_THAT(with(R"("constant":1)", R"("constant":-1)").text(), HasSubstr("out of range"));
  EXPECT_THAT(with(R"("byte_offset":0)", R"("byte_offset":-1)").text(), HasSubstr("outside its buffer"));
  EXPECT_THAT(with(R"("byte_offset":0)", R"("byte_offset":9223372036854775807)").text(),
              HasSubstr("outside its buffer"));
  EXPECT_THAT(with(R"("offset":16)", R"("offset":160000)").text(), HasSubstr("outside its region"));
  EXPECT_THAT(with(R"("offset":16)", R"("offset":8)").text(), HasSubstr("outside its region"));
  EXPECT_THAT(with(R"("region":0)", R"("region":1)").text(), HasSubstr("has no region"));
  EXPECT_THAT(with(R"("used_bytes":32)", R"("used_bytes":-9223372036854775808)").text(), HasSubstr("region 'arena'"));
  EXPECT_THAT(with(R"("used_bytes":32)", R"("used_bytes":9223372036854775807)").text(), HasSubstr("region 'arena'"));
  EXPECT_THAT(with(R"("bytes":2,)", R"("bytes":-2,)").text(), HasSubstr("has -2 bytes"));
  EXPECT_THAT(with(R"("outputs":[1])", R"("outputs":[2])").text(), HasSubstr("no tensor"));
  EXPECT_THAT(with(R"("shape":[1,3])", R"("shape":[1,4])").text(), HasSubstr("outside its buffer"));
  EXPECT_THAT(with(R"("shape":[1,3])", R"("shape":[-1,-3])").text(), HasSubstr("outside its buffer"));
  EXPECT_THAT(with(R"("shape":[1,3])", R"("shape":[4294967296,4294967296])").text(), HasSubstr("outside its buffer"));
  EXPECT_THAT(with(R"("step":0)", R"("step":1)").text(), HasSubstr("a step that is not there"));
  EXPECT_THAT(with(R"("zero_points":[5])", R"("zero_points":[])").text(), HasSubstr("quantisation of another shape"));
  EXPECT_THAT(with(R"("axis":-1)", R"("axis":2)").text(), HasSubstr("quantisation of another shape"));
  EXPECT_THAT(with(R"("axis":-1)", R"("axis":1)").text(), HasSubstr("quantisation of another shape"));
  EXPECT_THAT(with(R"("dtype":"i8","is_table")", R"("dtype":"i32","is_table")").text(),
              HasSubstr("ends within an element"));
}

// What is placed in part is not `placed`, but the addresses that it has are held to the same.
TEST(ProgramJson, ChecksTheAddressesOfAProgramPlacedInPart) {
  EXPECT_TRUE(with(R"("offset":0)", R"("offset":null)").ok());
  Program program = testing::example(true);
  program.buffers[0].offset = kOpen;
  program.buffers[1].offset = 64;
  EXPECT_THAT(from_json(to_json(program)).status().text(), HasSubstr("outside its region"));
}

TEST(ProgramJson, NeverFailsBadlyOnTruncatedText) {
  const std::string good = to_json(testing::example(true));
  for (size_t length = 0; length < good.size(); ++length) {
    EXPECT_FALSE(from_json(std::string_view(good).substr(0, length)).ok());
  }
}

}  // namespace
}  // namespace tmc::program
