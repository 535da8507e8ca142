// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/pipeline/firmware/model_header.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/pipeline/firmware/tiny_model_fixture.hpp"

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
  EXPECT_EQ(header->arena_bytes, 64U);
  EXPECT_EQ(header->arena_align, 16U);
  EXPECT_THAT(header->inputs, ElementsAre(Region{0, 16}));
  EXPECT_THAT(header->outputs, ElementsAre(Region{32, 16}));
  EXPECT_EQ(header->input_bytes(), 16U);
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
