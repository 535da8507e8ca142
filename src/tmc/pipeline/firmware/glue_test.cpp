// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/pipeline/firmware/glue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>

#include "tmc/pipeline/firmware/board_files.hpp"
#include "tmc/targets/byte_size.hpp"

namespace tmc::firmware {
namespace {

using testing::HasSubstr;

Target h743() {
  auto target = load_target("stm32h743vi");
  EXPECT_TRUE(target.ok()) << target.status().text();
  return std::move(target).value();
}

TEST(Placement, TakesTheFastestBankThatHasRoom) {
  const Target target = h743();
  EXPECT_EQ(place_arena(target, 1000, "").value(), "DTCM");
  EXPECT_EQ(place_arena(target, 120 * 1024, "").value(), "DTCM");
  EXPECT_EQ(place_arena(target, 128 * 1024, "").value(), "AXI_SRAM") << "the stack lies in DTCM too";
  EXPECT_EQ(place_arena(target, 512 * 1024, "").value(), "AXI_SRAM");
}

TEST(Placement, SaysWhatEachBankOffers) {
  const auto placed = place_arena(h743(), 512 * 1024 + 1, "");
  ASSERT_FALSE(placed.ok());
  EXPECT_EQ(placed.status().code(), Error::kDoesNotFit);
  EXPECT_THAT(placed.status().message(), testing::AllOf(HasSubstr("524289"), HasSubstr("D3_SRAM 65536")));
}

TEST(Placement, ObeysAWishForARamBank) {
  EXPECT_EQ(place_arena(h743(), 1000, "D2_SRAM").value(), "D2_SRAM");
  EXPECT_EQ(place_arena(h743(), 1000, "FLASH").status().code(), Error::kBadUsage);
  EXPECT_EQ(place_arena(h743(), 1000, "SRAM9").status().code(), Error::kBadUsage);
}

TEST(Glue, CountsTheDumpsThatItLists) {
  const ModelHeader model{"tiny_run", 64, 16, {{0, 16}}, {{32, 16}}};
  EXPECT_THAT(model_glue(model, {}), HasSubstr("kDumpCount = 0;"));
  const std::vector<Dump> dumps = {{0, {16, 16}}, {1, {32, 16}}};
  EXPECT_THAT(model_glue(model, dumps), testing::AllOf(HasSubstr("kDumpCount = 2;"), HasSubstr("{1, 32, 16}")));
}

// A board's memory stands in its target file, for tinymlc, and in its linker script, for the linker.
TEST(Boards, LinkerScriptAndTargetFileAgreeOnMemory) {
  static const std::regex kLine(R"((\w+)\s*\(\w+\)\s*:\s*ORIGIN\s*=\s*(0x[0-9A-Fa-f]+),\s*LENGTH\s*=\s*(\w+))");
  int boards = 0;
  for (const std::string& name : target_names()) {
    const auto target = load_target(name);
    ASSERT_TRUE(target.ok());
    if (!target->board) continue;
    ++boards;
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> script_memory, target_memory;
    for (const EmbeddedFile& file : board_files()) {
      if (file.path != name + "/" + target->board->linker_script) continue;
      const std::string text(file.text);
      for (std::sregex_iterator line(text.begin(), text.end(), kLine), end; line != end; ++line) {
        script_memory[(*line)[1]] = {std::stoull((*line)[2], nullptr, 16), parse_byte_size((*line)[3].str()).value()};
      }
    }
    for (const MemoryRegion& region : target->memory) target_memory[region.name] = {region.base, region.bytes};
    EXPECT_EQ(script_memory, target_memory) << name;
  }
  EXPECT_GE(boards, 2);
}

}  // namespace
}  // namespace tmc::firmware
