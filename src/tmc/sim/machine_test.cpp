// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Small programs in assembly, from reset to their end.

#include "tmc/sim/machine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/process.hpp"

namespace tmc::sim {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

// Of both files of a program.
constexpr std::string_view kMacros = R"(
  .syntax unified
  .thumb
  .cpu cortex-m7
  .fpu fpv5-d16
  .macro function name
  .thumb_func
  .global \name
  .type \name, %function
\name:
  .endm
  .macro elapsed into
  sub sp, #8
  mov r1, sp
  movs r0, #0x30
  bkpt #0xab
  ldr \into, [sp], #8
  .endm
  .macro put address, value
  ldr r0, =\address
  ldr r1, =\value
  str r1, [r0]
  .endm
)";

// Vectors, handlers that a program may define, and `exit` with r0 as the code. A fault that nobody handles exits
// with 99.
constexpr std::string_view kBegin = R"(
  .word 0x20002000, main, hang, hard_fault, hang, hang, hang, hang, hang, hang, hang, svcall, hang, hang, hang, systick
  .rept 150
  .word interrupt
  .endr
  .weak hard_fault, svcall, systick, interrupt
  .thumb_set hard_fault, failed
  .thumb_set svcall, hang
  .thumb_set systick, hang
  .thumb_set interrupt, hang
  function hang
  b .
  function failed
  movs r0, #99
  function exit
  sub sp, #8
  ldr r1, =0x20026
  strd r1, r0, [sp]
  mov r1, sp
  movs r0, #0x20
  bkpt #0xab
  .pool
)";

struct MachineTest : testing::Test {
  std::vector<std::string> log;
  uint64_t instructions = 0;

  void SetUp() override {
    if (!run_process({{"arm-none-eabi-gcc", "--version"}, {}, 20}).ok())
      GTEST_SKIP() << "no Arm toolchain (scripts/setup)";
  }

  Result<Outcome> run(std::string_view program, RunLimits limits = {20, 10'000'000}) {
    TMC_ASSIGN(const ScratchFolder folder, ScratchFolder::make());
    const std::string macros(kMacros);
    TMC_TRY(write_file(folder.path() / "begin.s", macros + std::string(kBegin)));
    TMC_TRY(write_file(folder.path() / "a.s", macros + std::string(program) + "\n.pool\n"));
    const std::vector<std::string> link = {"arm-none-eabi-gcc",
                                           "-nostdlib",
                                           "-g",
                                           "-mcpu=cortex-m7",
                                           "-Wl,-Ttext=0x08000000",
                                           "-Wl,-emain",
                                           "begin.s",
                                           "a.s",
                                           "-o",
                                           "a.elf"};
    TMC_TRY(run_checked({link, folder.path(), 60}).status());
    TMC_ASSIGN(Image image, Image::read(folder.path() / "a.elf"));
    TMC_ASSIGN(const auto machine,
               Machine::make(std::move(image), [this](std::string_view line) { log.emplace_back(line); }));
    return machine->run(limits);
  }

  int exit_code(std::string_view program) {
    const auto outcome = run(program);
    EXPECT_TRUE(outcome.ok()) << outcome.status().text();
    return outcome.ok() ? outcome->exit_code : -1;
  }
};

TEST_F(MachineTest, CountsEveryInstructionOnce) {
  // Ten nops, an IT block of which half is passed over, a loop of three by five; the difference has what `elapsed`
  // takes.
  constexpr std::string_view kProgram = R"(
  function main
  elapsed r4
  elapsed r5
  .rept 10
  nop
  .endr
  cmp r0, r0
  itete eq
  moveq r2, #1
  movne r2, #2
  moveq r2, #3
  movne r2, #4
  movs r3, #5
1:
  nop
  subs r3, #1
  bne 1b
  elapsed r6
  subs r7, r6, r5
  subs r5, r5, r4
  subs r0, r7, r5
  b exit)";
  EXPECT_EQ(exit_code(kProgram), 10 + 1 + 5 + 1 + 15);
  EXPECT_THAT(log, IsEmpty());
}

TEST_F(MachineTest, SysTickWakesASleepingCore) {
  EXPECT_EQ(exit_code(R"(
  function systick
  adds r4, #1
  bx lr
  function main
  movs r4, #0
  put 0xE000E014, 999
  put 0xE000E018, 0
  put 0xE000E010, 7
1:
  wfi
  cmp r4, #3
  bne 1b
  mov r0, r4
  b exit)"),
            3);
  EXPECT_THAT(log, IsEmpty());
}

TEST_F(MachineTest, AnInterruptWaitsForItsMask) {
  EXPECT_EQ(exit_code(R"(
  function interrupt
  adds r4, #7
  bx lr
  function main
  movs r4, #0
  put 0xE000E100, 1
  cpsid i
  put 0xE000E200, 1
  nop
  adds r4, #1
  lsls r4, #1
  cpsie i
  nop
  mov r0, r4
  b exit)"),
            2 + 7);
}

TEST_F(MachineTest, SupervisorCallsReturnBehindTheirInstruction) {
  EXPECT_EQ(exit_code(R"(
  function svcall
  mrs r1, ipsr
  str r1, [sp]
  bx lr
  function main
  svc #1
  b exit)"),
            11);
}

TEST_F(MachineTest, FloatsSurviveAHandlerThatUsesThem) {
  EXPECT_EQ(exit_code(R"(
  function interrupt
  vmov.f32 s0, #2.0
  vmov.f32 s15, #3.0
  bx lr
  function main
  put 0xE000ED88, 0x00F00000
  put 0xE000E100, 1
  vmov.f32 s0, #5.0
  vmov.f32 s15, #6.0
  put 0xE000E200, 1
  nop
  vadd.f32 s1, s0, s15
  vcvt.s32.f32 s1, s1
  vmov r0, s1
  b exit)"),
            11);
  EXPECT_THAT(log, IsEmpty());
}

TEST_F(MachineTest, FloatsFaultWhileTheUnitIsOff) {
  EXPECT_EQ(exit_code("function main\n vmov.f32 s0, #2.0\n movs r0, #1\n b exit"), 99);
  EXPECT_THAT(log, Contains(HasSubstr("UsageFault: a floating-point instruction while the unit is off")));
}

TEST_F(MachineTest, DoublePrecisionIsRefused) {
  const auto outcome = run("function main\n put 0xE000ED88, 0x00F00000\n vadd.f64 d0, d1, d2\n b exit");
  EXPECT_THAT(outcome.status().message(), HasSubstr("double-precision"));
}

TEST_F(MachineTest, UnalignedDoubleLoadsFaultWithRegistersTraceAndLine) {
  EXPECT_EQ(exit_code(R"(
  function inner
  ldr r1, =0x20000002
  ldrd r2, r3, [r1]
  bx lr
  function main
  ldr r0, =0xE000ED28
  bl inner
  b exit)"),
            99);
  EXPECT_THAT(log, Contains(AllOf(HasSubstr("UsageFault: words at the unaligned address 0x20000002"),
                                  HasSubstr("inner+0x2 (a.s:"), HasSubstr("from 0x"), HasSubstr("main+0x"),
                                  HasSubstr("r1 0x20000002"))));
}

TEST_F(MachineTest, AWildJumpFaults) {
  EXPECT_EQ(exit_code("function main\n ldr r0, =0x90000001\n bx r0"), 99);
  EXPECT_THAT(log, Contains(HasSubstr("a branch to 0x90000000, where no code can be; it was at main+0x2")));
  EXPECT_EQ(exit_code("function main\n ldr r0, =0x08000100\n bx r0"), 99);
  EXPECT_THAT(log, Contains(HasSubstr("Thumb bit")));
}

TEST_F(MachineTest, SramNeedsItsClock) {
  constexpr std::string_view kUse = "put 0x30000010, 7\n ldr r2, [r0]\n mov r0, r2\n b exit";
  EXPECT_EQ(exit_code("function main\n" + std::string(kUse)), 99);
  EXPECT_THAT(log, Contains(HasSubstr("BusFault: a store to 0x30000010, SRAM1, which has no clock")));
  EXPECT_EQ(exit_code("function main\n put 0x580244DC, 0x20000000\n" + std::string(kUse)), 7);
}

TEST_F(MachineTest, TheMpuForbidsPartsOfAPage) {
  // 32 bytes at 0x20000100 are forbidden; what lies beside them is not.
  constexpr std::string_view kGuard = R"(
  function main
  put 0xE000ED98, 0
  put 0xE000ED9C, 0x20000100
  put 0xE000EDA0, 0x10000009
  put 0xE000ED94, 5
  dsb
  isb
  put 0x200000FC, 5
  put 0x20000120, 6
  ldr r2, [r0]
)";
  EXPECT_EQ(exit_code(std::string(kGuard) + "mov r0, r2\n b exit"), 6);
  EXPECT_THAT(log, IsEmpty());
  EXPECT_EQ(exit_code(std::string(kGuard) + "put 0x2000011C, 7\n movs r0, #1\n b exit"), 99);
  EXPECT_THAT(log, Contains(HasSubstr("MemManage: a store to 0x2000011C, which the MPU forbids")));
}

TEST_F(MachineTest, AHungLoopEndsWithAReport) {
  const auto outcome = run("function stuck\n b .\n function main\n bl stuck", {20, 1000});
  EXPECT_EQ(outcome.status().code(), Error::kTimeout);
  EXPECT_THAT(outcome.status().message(), AllOf(HasSubstr("no end within 1000 instructions"), HasSubstr("stuck+0x0")));
}

TEST_F(MachineTest, ASleepThatNothingEndsIsOne) {
  const auto outcome = run("function main\n wfi\n b main");
  EXPECT_THAT(outcome.status().message(), HasSubstr("nothing is left that could wake it"));
}

TEST_F(MachineTest, AFaultInTheFaultHandlerLocksUp) {
  const auto outcome = run("function hard_fault\n udf #0\n function main\n udf #1");
  EXPECT_THAT(outcome.status().message(), HasSubstr("locks up"));
}

TEST_F(MachineTest, TheWatchdogResets) {
  // The second time the backup SRAM says that it was here before.
  EXPECT_EQ(exit_code(R"(
  function main
  ldr r2, =0x38800000
  ldr r0, [r2]
  movs r1, #1
  str r1, [r2]
  cmp r0, #1
  beq exit
  put 0x58004800, 0x5555
  put 0x58004808, 1
  put 0x58004800, 0xCCCC
  b hang)"),
            1);
  EXPECT_THAT(log, Contains(HasSubstr("IWDG1 was not reloaded")));
}

}  // namespace
}  // namespace tmc::sim
