// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/firmware/glue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "tmc/firmware/board_files.hpp"
#include "tmc/targets/byte_size.hpp"

namespace tmc::firmware {
namespace {

using testing::HasSubstr;

Target h743() {
  auto target = load_target("stm32h743vi");
  EXPECT_TRUE(target.ok()) << target.status().text();
  return std::move(target).value();
}

TEST(Placement, TakesTheFastestArenaRegionThatHasRoom) {
  const Target target = h743();
  EXPECT_EQ(place_arena(target, 1000, "").value(), "DTCM");
  EXPECT_EQ(place_arena(target, 120 * 1024, "").value(), "DTCM");
  EXPECT_EQ(place_arena(target, 128 * 1024, "").value(), "AXI_SRAM") << "the stack lies in DTCM too";
  EXPECT_EQ(place_arena(target, 512 * 1024, "").value(), "AXI_SRAM");
}

TEST(Placement, SaysWhatEachArenaRegionOffers) {
  const auto placed = place_arena(h743(), 512 * 1024 + 1, "");
  ASSERT_FALSE(placed.ok());
  EXPECT_EQ(placed.status().code(), Error::kDoesNotFit);
  EXPECT_THAT(placed.status().message(), testing::AllOf(HasSubstr("524289"), HasSubstr("D3_SRAM 65536")));
}

TEST(Placement, ObeysAWishForARamArenaRegion) {
  EXPECT_EQ(place_arena(h743(), 1000, "D2_SRAM").value(), "D2_SRAM");
  EXPECT_EQ(place_arena(h743(), 1000, "FLASH").status().code(), Error::kBadUsage);
  EXPECT_EQ(place_arena(h743(), 1000, "SRAM9").status().code(), Error::kBadUsage);
}

TEST(Glue, GivesTextTheArenasOfTheImage) {
  const std::string one = text_glue({"tiny_run_run", "", {64}, 16, {{0, 16}}, {{32, 16}}});
  EXPECT_THAT(one, HasSubstr("namespace text = tiny_run;"));
  EXPECT_THAT(one, HasSubstr("text::Model(*reinterpret_cast<text::Arena*>(arenas.begin[0]))"));
  const std::string two = text_glue({"tiny_run", "", {64, 32}, 16, {{0, 16}}, {{32, 16}}});
  EXPECT_THAT(two, HasSubstr("*reinterpret_cast<text::Arena0*>(arenas.begin[0]), "
                             "*reinterpret_cast<text::Arena1*>(arenas.begin[1])"));
}

TEST(Glue, CountsTheDumpsThatItLists) {
  const ModelHeader model{"tiny_run", "", {64}, 16, {{0, 16}}, {{32, 16}}};
  EXPECT_THAT(model_glue(model, {}, false), HasSubstr("kDumpCount = 0;"));
  const std::vector<Dump> dumps = {{0, {16, 16}}, {1, {32, 16}}};
  EXPECT_THAT(model_glue(model, dumps, true),
              testing::AllOf(HasSubstr("kDumpCount = 2;"), HasSubstr("{1, 0, 32, 16}")));
}

TEST(Glue, GivesEachArenaASectionAndARegion) {
  const ModelHeader model{"tiny_run", "tiny_reset", {64, 32}, 16, {{0, 16, 1}}, {{32, 16, 0}}};
  const std::string glue = model_glue(model, {}, false);
  EXPECT_THAT(glue, HasSubstr("X(0, \".tmc_arena\", 64)"));
  EXPECT_THAT(glue, HasSubstr("X(1, \".tmc_arena1\", 32)"));
  EXPECT_THAT(glue, HasSubstr("tiny_run(arenas.begin[0], arenas.begin[1]);"));
  EXPECT_THAT(glue, HasSubstr("{1, 0, 16}"));
  EXPECT_THAT(glue, HasSubstr("tiny_reset(arenas.begin[0], arenas.begin[1]);"));
  EXPECT_THAT(glue, HasSubstr("kKeepsState = false"));
  const std::vector<std::string> regions = {"DTCM", "AXI_SRAM"};
  EXPECT_EQ(arena_script(regions),
            ".tmc_arena (NOLOAD) : { *(.tmc_arena) } > DTCM\n.tmc_arena1 (NOLOAD) : { *(.tmc_arena1) } > AXI_SRAM\n");
}

TEST(Glue, LoadsWhatIsToBeLoaded) {
  ModelHeader model{"tiny_run", "", {64}, 16, {{0, 16}}, {{32, 16}}};
  EXPECT_THAT(model_glue(model, {}, false), HasSubstr("kLoads = false"));
  model.load_function = "tiny_load";
  EXPECT_THAT(model_glue(model, {}, false),
              testing::AllOf(HasSubstr("kLoads = true"), HasSubstr("= tiny_load(&subject);")));
}

struct Extent {
  std::uint64_t base = 0;
  std::uint64_t bytes = 0;

  bool operator==(const Extent&) const = default;
};

// The lines of the form "NAME (rwx) : ORIGIN = 0x20000000, LENGTH = 4M".
std::map<std::string, Extent> script_memory(std::string_view script) {
  std::map<std::string, Extent> memory;
  std::istringstream lines{std::string(script)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name, mode, colon, origin, equals, base, length, size;
    words >> name >> mode >> colon >> origin >> equals >> base >> length >> equals >> size;
    if (origin != "ORIGIN") continue;
    const auto bytes = parse_byte_size(size);
    EXPECT_TRUE(bytes.ok()) << line;
    memory[name] = {std::stoull(base, nullptr, 16), bytes.ok() ? *bytes : 0};
  }
  return memory;
}

// A board's memory stands in its target file, for tinymlc, and in its linker script, for the linker.
TEST(Boards, LinkerScriptAndTargetFileAgreeOnMemory) {
  int boards = 0;
  for (const std::string& name : target_names()) {
    const auto target = load_target(name);
    ASSERT_TRUE(target.ok());
    if (!target->board) continue;
    ++boards;
    std::map<std::string, Extent> expected;
    for (const MemoryRegion& region : target->memory) expected[region.name] = {region.base, region.bytes};
    const std::string path = name + "/" + target->board->linker_script;
    const auto files = board_files();
    const auto script =
        std::find_if(files.begin(), files.end(), [&path](const EmbeddedFile& file) { return file.path == path; });
    ASSERT_NE(script, files.end()) << path;
    EXPECT_EQ(script_memory(script->text), expected) << name;
  }
  EXPECT_GE(boards, 2);
}

}  // namespace
}  // namespace tmc::firmware
