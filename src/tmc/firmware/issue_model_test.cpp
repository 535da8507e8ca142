// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/issue_model.hpp"

#include <gtest/gtest.h>

namespace tmc::firmware {
namespace {

constexpr IssueRules kRules = {
    .width = 2, .loads = 2, .stores = 1, .multiplies = 1, .load_latency = 2, .multiply_latency = 2, .divide_cycles = 6};

// Lines of "mnemonic operands".
std::uint64_t cycles(std::initializer_list<const char*> lines) {
  std::vector<Instruction> run;
  for (const std::string_view line : lines) {
    const auto blank = line.find(' ');
    run.push_back(decode_instruction(line.substr(0, blank), blank == line.npos ? "" : line.substr(blank + 1)));
  }
  return issue_cycles(kRules, run);
}

TEST(IssueModel, PairsWhatIsIndependent) {
  EXPECT_EQ(cycles({}), 0U);
  EXPECT_EQ(cycles({"add r0, r1, r2"}), 1U);
  EXPECT_EQ(cycles({"add r0, r1, r2", "add r3, r4, r5"}), 1U);
  EXPECT_EQ(cycles({"add r0, r1, r2", "add r3, r0, r5"}), 2U);
  EXPECT_EQ(cycles({"add r0, r1, r2", "add r0, r4, r5"}), 2U);
  EXPECT_EQ(cycles({"add r0, r1, r2", "add r3, r4, r5", "add r6, r7, r8"}), 2U);
}

TEST(IssueModel, IssuesOneMultiplyInACycle) {
  EXPECT_EQ(cycles({"smlad r0, r1, r2, r0", "smlad r3, r4, r5, r3"}), 2U);
  EXPECT_EQ(cycles({"smlad r0, r1, r2, r0", "ldr r3, [r4]"}), 1U);
  EXPECT_EQ(cycles({"smlad r0, r1, r2, r0", "smlad r0, r4, r5, r0"}), 2U) << "the sum goes straight on";
  EXPECT_EQ(cycles({"mul r0, r1, r2", "add r3, r0, r4"}), 3U) << "a product takes two cycles";
}

TEST(IssueModel, WaitsForLoads) {
  EXPECT_EQ(cycles({"ldr r0, [r1]", "ldr r2, [r1, #4]"}), 1U);
  EXPECT_EQ(cycles({"ldr r0, [r1]", "add r2, r0, r3"}), 3U);
  EXPECT_EQ(cycles({"ldr r0, [r1], #4", "ldr r2, [r1], #4"}), 2U) << "the address moves on in one cycle";
  EXPECT_EQ(cycles({"str r0, [r1]", "str r2, [r1, #4]"}), 2U);
}

TEST(IssueModel, TransfersTwoWordsInACycle) {
  EXPECT_EQ(cycles({"ldmia r0!, {r4-r7}", "add r1, r2, r3"}), 3U);
  EXPECT_EQ(cycles({"add r1, r2, r3", "ldmia r0!, {r4-r7}"}), 3U);
}

TEST(IssueModel, NothingFollowsABranchOrDivisionInItsCycle) {
  EXPECT_EQ(cycles({"subs r0, #1", "bne.n 10"}), 1U);
  EXPECT_EQ(cycles({"b.n 10", "add r0, r1, r2"}), 2U);
  EXPECT_EQ(cycles({"udiv r0, r1, r2", "add r3, r4, r5"}), 7U);
}

}  // namespace
}  // namespace tmc::firmware
