// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/model_header.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/firmware/tiny_model_fixture.hpp"

namespace tmc::firmware {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string edited(const std::string& from, const std::string& to) {
  std::string text = tiny_model_header();
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(ModelHeader, ReadsWhatTheGeneratedHeaderDefines) {
  const auto header = parse_model_header(tiny_model_header());
  ASSERT_TRUE(header.ok()) << header.status().text();
  EXPECT_EQ(header->run_function, "tiny_run");
  EXPECT_THAT(header->arena_bytes, ElementsAre(64U));
  EXPECT_EQ(header->arena_align, 16U);
  EXPECT_THAT(header->inputs, ElementsAre(Region{0, 16}));
  EXPECT_THAT(header->outputs, ElementsAre(Region{32, 16}));
  EXPECT_EQ(header->input_bytes(), 16U);
}

TEST(ModelHeader, ReadsSeveralArenas) {
  const std::string two = edited("#define TINY_ARENA_ALIGN",
                                 "#define TINY_ARENA_COUNT 2\n#define TINY_ARENA0_BYTES 48\n"
                                 "#define TINY_ARENA1_BYTES 16\n#define TINY_INPUT0_ARENA 1\n"
                                 "#define TINY_OUTPUT0_ARENA 0\n#define TINY_ARENA_ALIGN");
  const auto header = parse_model_header(two);
  ASSERT_TRUE(header.ok()) << header.status().text();
  EXPECT_THAT(header->arena_bytes, ElementsAre(48U, 16U));
  EXPECT_THAT(header->inputs, ElementsAre(Region{0, 16, 1}));
  EXPECT_THAT(header->outputs, ElementsAre(Region{32, 16, 0}));
  const auto refused = [&](const std::string& from, const std::string& to) {
    std::string text = two;
    return parse_model_header(text.replace(text.find(from), from.size(), to)).status().message();
  };
  EXPECT_THAT(refused("INPUT0_ARENA 1", "INPUT0_ARENA 2"), HasSubstr("outside the arena"));
  EXPECT_THAT(refused("ARENA1_BYTES 16", "ARENA1_BYTES 15"), HasSubstr("outside the arena"));
  EXPECT_THAT(refused("TINY_ARENA1_BYTES", "TINY_ARENA2_BYTES"), HasSubstr("TINY_ARENA1_BYTES"));
}

TEST(ModelHeader, RefusesAHeaderThatLacksSomething) {
  const auto message = [](const std::string& text) { return parse_model_header(text).status().message(); };
  EXPECT_THAT(message(""), HasSubstr("NAME_ARENA_BYTES"));
  EXPECT_THAT(message(edited("TINY_ARENA_ALIGN", "TINY_ALIGN")), HasSubstr("TINY_ARENA_ALIGN"));
  EXPECT_THAT(message(edited("TINY_INPUT_COUNT 1", "TINY_INPUT_COUNT 2")), HasSubstr("TINY_INPUT1_OFFSET"));
  EXPECT_THAT(message(edited("TINY_OUTPUT_COUNT 1", "TINY_OUTPUT_COUNT 0")), HasSubstr("TINY_OUTPUT_COUNT is 0"));
  EXPECT_THAT(message(edited("OUTPUT0_OFFSET 32", "OUTPUT0_OFFSET 49")), HasSubstr("outside the arena"));
  EXPECT_THAT(message(edited("INPUT0_BYTES 16", "INPUT0_BYTES 4294967295")), HasSubstr("outside the arena"));
  EXPECT_THAT(message(edited("INPUT0_BYTES 16", "INPUT0_BYTES 99999999999")), HasSubstr("TINY_INPUT0_BYTES"));
  EXPECT_THAT(message(edited("tiny_run(void* arena)", "tiny()")), HasSubstr("NAME_run"));
}

}  // namespace
}  // namespace tmc::firmware
