// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/instruction.hpp"

#include <gtest/gtest.h>

namespace tmc::firmware {
namespace {

Registers regs(std::initializer_list<std::size_t> numbers) {
  Registers registers;
  for (const std::size_t number : numbers) registers.set(number);
  return registers;
}

TEST(Instruction, TellsResultsFromSources) {
  const auto add = decode_instruction("add.w", "r3, r4, #15");
  EXPECT_EQ(add.kind, InstructionKind::kAlu);
  EXPECT_EQ(add.writes, regs({3}));
  EXPECT_EQ(add.reads, regs({4}));
  EXPECT_EQ(decode_instruction("cmp", "r4, r3").writes, regs({}));
  EXPECT_EQ(decode_instruction("cmp", "r4, r3").reads, regs({3, 4}));
  EXPECT_EQ(decode_instruction("movt", "r1, #8192").reads, regs({1}));
}

TEST(Instruction, SeparatesTheAccumulatorOfAMultiply) {
  const auto smlad = decode_instruction("smlad", "r0, r1, r2, ip");
  EXPECT_EQ(smlad.kind, InstructionKind::kMultiply);
  EXPECT_EQ(smlad.writes, regs({0}));
  EXPECT_EQ(smlad.reads, regs({1, 2}));
  EXPECT_EQ(smlad.accumulators, regs({12}));
  const auto smlal = decode_instruction("smlal", "r0, r1, r2, r3");
  EXPECT_EQ(smlal.writes, regs({0, 1}));
  EXPECT_EQ(smlal.reads, regs({2, 3}));
  EXPECT_EQ(smlal.accumulators, regs({0, 1}));
  EXPECT_EQ(decode_instruction("smull", "r0, r1, r2, r3").accumulators, regs({}));
}

TEST(Instruction, FollowsAddressRegisters) {
  const auto pre = decode_instruction("ldrb.w", "r2, [r3, #1]!");
  EXPECT_EQ(pre.kind, InstructionKind::kLoad);
  EXPECT_EQ(pre.writes, regs({2}));
  EXPECT_EQ(pre.reads, regs({3}));
  EXPECT_EQ(pre.updates, regs({3}));
  EXPECT_EQ(decode_instruction("str.w", "r2, [r3], #4").updates, regs({3}));
  EXPECT_EQ(decode_instruction("str.w", "r2, [r3], #4").reads, regs({2, 3}));
  EXPECT_EQ(decode_instruction("ldr", "r2, [r3, r4]").updates, regs({}));
  EXPECT_EQ(decode_instruction("ldrd", "r0, r1, [r2, #8]").writes, regs({0, 1}));
  EXPECT_EQ(decode_instruction("ldrd", "r0, r1, [r2, #8]").words, 2);
}

TEST(Instruction, CountsTheWordsOfABlockTransfer) {
  const auto ldm = decode_instruction("ldmia.w", "r0!, {r4-r7, lr}");
  EXPECT_EQ(ldm.kind, InstructionKind::kLoad);
  EXPECT_EQ(ldm.words, 5);
  EXPECT_EQ(ldm.writes, regs({4, 5, 6, 7, 14}));
  EXPECT_EQ(ldm.updates, regs({0}));
  const auto push = decode_instruction("push", "{r4, lr}");
  EXPECT_EQ(push.kind, InstructionKind::kStore);
  EXPECT_EQ(push.reads, regs({4, 13, 14}));
  EXPECT_EQ(push.words, 2);
}

TEST(Instruction, TellsBranchesFromWhatOnlyLooksLikeThem) {
  for (const char* branch : {"b.n", "bne.n", "bl", "bx", "cbz", "tbb", "blt.w"}) {
    EXPECT_EQ(decode_instruction(branch, "r0").kind, InstructionKind::kBranch) << branch;
  }
  for (const char* other : {"bic.w", "bfi", "bfc", "adds"}) {
    EXPECT_EQ(decode_instruction(other, "r0, r1, #1").kind, InstructionKind::kAlu) << other;
  }
}

TEST(Instruction, MapsDoublesToTheSinglesUnderThem) {
  EXPECT_EQ(decode_instruction("vadd.f64", "d1, d0, d2").writes, regs({16 + 2, 16 + 3}));
  EXPECT_EQ(decode_instruction("vmul.f32", "s1, s0, s2").kind, InstructionKind::kMultiply);
}

TEST(Instruction, ReadsADisassembly) {
  const auto code = parse_disassembly(
      "\ncount.elf:     file format elf32-littlearm\n\n000000c0 <tiny_run>:\n"
      "      c0:\tmovs\tr2, #16\n"
      "      ca:\tbl\t5b0 <memcpy>\n"
      "      ce:\tldr\tr1, [pc, #32]\t@ (f0 <tiny_run+0x30>)\n"
      "      ee:\tnop\n"
      "      f0:\t.word\t0x00000984\n");
  ASSERT_EQ(code.size(), 4U);
  EXPECT_EQ(code.at(0xc0).writes, regs({2}));
  EXPECT_EQ(code.at(0xca).kind, InstructionKind::kBranch);
  EXPECT_EQ(code.at(0xce).reads, regs({15}));
  EXPECT_EQ(code.at(0xce).writes, regs({1}));
}

}  // namespace
}  // namespace tmc::firmware
