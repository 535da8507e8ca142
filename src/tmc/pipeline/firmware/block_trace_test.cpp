// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/pipeline/firmware/block_trace.hpp"

#include <gtest/gtest.h>

namespace tmc::firmware {
namespace {

constexpr IssueRules kRules = {.width = 2};

const Disassembly& code() {
  static const Disassembly kCode = parse_disassembly(
      "  c0:\tmovs\tr2, #3\n"
      "  c2:\tsubs\tr2, #1\n"
      "  c4:\tbne.n\tc2\n"
      "  c6:\tbx\tlr\n"
      "  d0:\tbl\tc0\n"
      "  d4:\tb.n\td4\n");
  return kCode;
}

void add(BlockTrace& trace, const char* address, const char* function) {
  trace.add_line(std::string("Trace 0: 0x7f76d8009140 [00800408/") + address + "/00000010/ff020200] " + function);
}

TEST(BlockTrace, CostsOneRunOfTheFunction) {
  BlockTrace trace("run");
  trace.add_line("qemu: another message");
  trace.add_line("Trace without brackets");
  add(trace, "000000d0", "main");
  add(trace, "000000c0", "run");
  add(trace, "000000c2", "run");
  add(trace, "000000c2", "run");
  EXPECT_FALSE(trace.complete());
  add(trace, "000000c6", "run");
  add(trace, "000000d4", "main");
  EXPECT_TRUE(trace.complete());
  add(trace, "000000c0", "run");
  const auto execution = execution_of(trace, code(), kRules);
  ASSERT_TRUE(execution.ok()) << execution.status().text();
  EXPECT_EQ(execution->instructions, 8U);  // movs, three times subs and bne, bx
  EXPECT_EQ(execution->cycles, 2U + 1 + 1 + 1);
}

TEST(BlockTrace, EndsABlockThatTheEmulatorCutShort) {
  BlockTrace trace("run");
  add(trace, "000000d0", "main");
  add(trace, "000000c0", "run");
  trace.add_line("Stopped execution of TB chain before 0x7f76d8009140 [000000c0] run");
  add(trace, "000000c0", "run");
  add(trace, "000000c4", "run");
  add(trace, "000000d4", "main");
  const auto execution = execution_of(trace, code(), kRules);
  ASSERT_TRUE(execution.ok());
  EXPECT_EQ(execution->instructions, 3U);  // movs, subs, then bne
}

TEST(BlockTrace, RefusesATraceOfAnotherImage) {
  BlockTrace trace("run");
  add(trace, "00000100", "main");
  add(trace, "00000200", "run");
  add(trace, "00000100", "main");
  EXPECT_EQ(execution_of(trace, code(), kRules).status().code(), Error::kInternal);
}

}  // namespace
}  // namespace tmc::firmware
