// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/firmware/block_trace.hpp"

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
      "  d0:\tbl\tc0\n");
  return kCode;
}

void list(BlockTrace& trace, std::initializer_list<const char*> addresses) {
  trace.add_line("----------------");
  trace.add_line("IN: run");
  for (const char* address : addresses) trace.add_line(fmt::format("0x000000{}:  2210       movs     r2, #3", address));
  trace.add_line("");
}

void enter(BlockTrace& trace, const char* place, const char* function) {
  trace.add_line(fmt::format("Trace 0: {} [00800408/000000c0/00000010/ff020200] {}", place, function));
}

// main calls run, which goes three times through its loop.
BlockTrace traced_run() {
  BlockTrace trace("run");
  trace.add_line("qemu: another message");
  list(trace, {"d0"});
  enter(trace, "0x7f00", "main");
  list(trace, {"c0", "c2", "c4"});
  enter(trace, "0x7f10", "run");
  list(trace, {"c2", "c4"});
  enter(trace, "0x7f20", "run");
  enter(trace, "0x7f20", "run");
  return trace;
}

Execution execution(const BlockTrace& trace) {
  const auto execution = execution_of(trace, code(), kRules);
  EXPECT_TRUE(execution.ok()) << execution.status().text();
  return execution.ok() ? *execution : Execution{};
}

TEST(BlockTrace, CostsOneRunOfTheFunction) {
  BlockTrace trace = traced_run();
  list(trace, {"c6"});
  enter(trace, "0x7f30", "run");
  EXPECT_FALSE(trace.complete());
  enter(trace, "0x7f00", "main");
  EXPECT_TRUE(trace.complete());
  enter(trace, "0x7f10", "run");
  EXPECT_EQ(execution(trace).instructions, 8U);  // movs, three times subs and bne, bx
  EXPECT_EQ(execution(trace).cycles, 2U + 1 + 1 + 1);
}

TEST(BlockTrace, TakesBackWhatTheEmulatorDidNotRun) {
  BlockTrace trace = traced_run();
  enter(trace, "0x7f20", "run");
  trace.add_line("Stopped execution of TB chain before 0x7f20 [000000c2] run");
  EXPECT_EQ(execution(trace).instructions, 7U);
}

TEST(BlockTrace, NoticesThatAPlaceIsUsedAgain) {
  BlockTrace trace = traced_run();
  list(trace, {"c6"});
  enter(trace, "0x7f20", "run");
  EXPECT_EQ(execution(trace).instructions, 8U);
}

TEST(BlockTrace, RefusesATraceOfAnotherImage) {
  BlockTrace trace = traced_run();
  list(trace, {"e0"});
  enter(trace, "0x7f40", "run");
  EXPECT_EQ(execution_of(trace, code(), kRules).status().code(), Error::kInternal);
}

}  // namespace
}  // namespace tmc::firmware
