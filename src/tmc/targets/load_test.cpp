// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tmc/targets/target.hpp"

namespace tmc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kBoard = R"(
title: a board
isa: [armv7em, portable]
memory:
  - {name: FLASH, kind: flash, base: 0x0, size: 1M}
  - {name: RAM, kind: ram, base: 0x20000000, size: 64K, arena: true}
core: cortex_m7
board: {linker_script: link.ld, stack_region: RAM, stack_size: 4K}
run: {method: none}
)";

// `kBoard` with one piece replaced.
std::string edited(const std::string& from, const std::string& to) {
  std::string text = kBoard;
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

void expect_refused(const std::string& yaml, const char* message) {
  const auto target = parse_target(yaml, "some/board.yaml");
  ASSERT_FALSE(target.ok()) << yaml;
  EXPECT_EQ(target.status().code(), Error::kMalformed);
  EXPECT_EQ(target.status().file(), "some/board.yaml");
  EXPECT_THAT(target.status().message(), HasSubstr(message));
}

TEST(Targets, ListsTheDataFiles) {
  EXPECT_THAT(target_names(), testing::IsSupersetOf({"host", "mps2-an500", "stm32h743vi"}));
}

TEST(Targets, EveryDataFileLoads) {
  for (const std::string& name : target_names()) {
    const auto target = load_target(name);
    ASSERT_TRUE(target.ok()) << target.status().text();
    EXPECT_EQ(target->name, name);
  }
}

TEST(Targets, WhatRunsInThisProcessHasKernelsThatSourcesHaveNot) {
  const Target host = load_target("host").value();
  EXPECT_THAT(host.isa, ElementsAre("host", "portable"));
  EXPECT_THAT(in_process(host).isa, ElementsAre("highway", "host", "portable"));
  const Target board = load_target("mps2-an500").value();
  EXPECT_EQ(in_process(board).isa, board.isa);
}

TEST(Targets, UnknownNameListsTheKnownOnes) {
  const auto target = load_target("stm32");
  ASSERT_FALSE(target.ok());
  EXPECT_EQ(target.status().code(), Error::kBadUsage);
  EXPECT_THAT(target.status().text(), testing::AllOf(HasSubstr("host"), HasSubstr("stm32h743vi")));
  EXPECT_FALSE(load_target("core/cortex_m7").ok());
}

TEST(Targets, Stm32h743viHasTheArenaRegionsOfTheRealPart) {
  const auto target = load_target("stm32h743vi");
  ASSERT_TRUE(target.ok());
  const auto arena_region = [&](const char* name) { return target->find_region(name); };
  ASSERT_NE(arena_region("D2_SRAM"), nullptr);
  EXPECT_EQ(arena_region("D2_SRAM")->base, 0x30000000U);
  EXPECT_EQ(arena_region("D2_SRAM")->bytes, 288U * 1024);
  EXPECT_EQ(target->bytes_of(MemoryKind::kFlash), 2U << 20);
  EXPECT_EQ(target->bytes_of(MemoryKind::kRam), (64U + 128 + 512 + 288 + 64) * 1024);
  EXPECT_EQ(target->run.method, RunMethod::kSimulator);
  EXPECT_EQ(arena_region("CCM"), nullptr);
}

TEST(Targets, ReadsABoard) {
  const auto target = parse_target(kBoard, "some/board.yaml");
  ASSERT_TRUE(target.ok()) << target.status().text();
  EXPECT_EQ(target->name, "board");
  EXPECT_THAT(target->isa, ElementsAre("armv7em", "portable"));
  EXPECT_EQ(target->board->stack_bytes, 4096U);
  EXPECT_EQ(target->toolchain->compiler, "arm-none-eabi-g++");
  EXPECT_EQ(target->issue->width, 2);
  EXPECT_THAT(target->startup, ElementsAre("cortex_m", "armv7m"));
  EXPECT_THAT(target->toolchain->optimize_flags(Optimize::kSize), ElementsAre("-Os"));
}

TEST(Targets, ACoreMayHaveNoIssueRules) {
  const auto target = parse_target(edited("core: cortex_m7", "core: cortex_m55"), "some/board.yaml");
  ASSERT_TRUE(target.ok()) << target.status().text();
  EXPECT_FALSE(target->issue.has_value());
  EXPECT_THAT(target->startup, ElementsAre("cortex_m", "armv8m"));
}

TEST(Targets, RefusesWhatItDoesNotUnderstand) {
  expect_refused("title: [", "not YAML");
  expect_refused("just text", "not a mapping");
  expect_refused(edited("title: a board", "name: a board"), "lacks key 'title'");
  expect_refused(edited("size: 1M", "size: 1M, colour: red"), "unknown key 'colour'");
  expect_refused(edited("base: 0x0", "base: top"), "wrong type for key 'base'");
  expect_refused(edited("size: 1M", "size: many"), "not a size");
  expect_refused(edited("kind: flash", "kind: rom"), "neither flash nor ram");
  expect_refused(edited("base: 0x20000000", "base: 0x80000"), "overlaps region FLASH");
  expect_refused(edited(", portable", ""), "isa does not end in portable");
  expect_refused(edited("isa: [", "in_process_isa: [portable]\nisa: ["),
                 "in_process_isa is of targets that run in-process");
  expect_refused(edited("core: cortex_m7", "core: z80"), "unknown core 'z80'");
  expect_refused(edited("core: cortex_m7", "clock_hz: 1"), "a board needs a core");
  expect_refused(edited("stack_region: RAM", "stack_region: FLASH"), "no RAM that holds the stack");
  expect_refused(edited(", arena: true", ""), "no memory region is open to the arena");
  expect_refused(edited("method: none", "method: magic"), "none of none, in-process, emulator");
  expect_refused(edited("{method: none}", "{method: emulator, command: [qemu], timeout_s: 1}"), "'{elf}' once");
}

TEST(Targets, OptimizeNamesReadBack) {
  for (const char* name : {"speed", "balanced", "size"}) {
    const auto optimize = parse_optimize(name);
    ASSERT_TRUE(optimize.ok());
    EXPECT_EQ(optimize_name(*optimize), name);
  }
  EXPECT_EQ(parse_optimize("fast").status().code(), Error::kBadUsage);
}

}  // namespace
}  // namespace tmc
