// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// The whole way on the real tools: a hand-written generated folder is built, booted under QEMU, and measured.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/process.hpp"
#include "tmc/firmware/cycles.hpp"
#include "tmc/firmware/run.hpp"
#include "tmc/firmware/tiny_model_fixture.hpp"

namespace tmc::firmware {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const std::vector<SampleBytes> kSamples = {"abcdefghijklmnop", "ABCDEFGHIJKLMNOP", "0123456789012345"};

// Every target that is a board, or only those that an emulator runs.
std::vector<Target> boards(bool runnable) {
  std::vector<Target> boards;
  for (const std::string& name : target_names()) {
    auto target = load_target(name);
    EXPECT_TRUE(target.ok()) << target.status().text();
    const bool wanted = target->board && (!runnable || target->run.method == RunMethod::kEmulator);
    if (wanted) boards.push_back(std::move(target).value());
  }
  EXPECT_FALSE(boards.empty());
  return boards;
}

Target a_board() {
  return boards(true).front();
}

bool has_tool(const std::string& name) {
  return run_process({{name, "--version"}, {}, 20}).ok();
}

class FirmwareTest : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* tool : {"arm-none-eabi-g++", "qemu-system-arm"}) {
      if (!has_tool(tool)) GTEST_SKIP() << tool << " is not installed (scripts/setup)";
    }
    auto folder = ScratchFolder::make();
    ASSERT_TRUE(folder.ok());
    folder_ = std::move(folder).value();
  }

  BuildRequest request(const std::string& source = tiny_model_source()) {
    write_tiny_model(folder_->path() / "generated", source);
    BuildRequest request;
    request.generated = folder_->path() / "generated";
    request.work = folder_->path() / "work";
    return request;
  }

  // Builds and runs; fails the test where either does not work.
  std::vector<SampleRun> count(const Target& board, const std::string& source) {
    BuildRequest wanted = request(source);
    wanted.count = true;
    const auto firmware = build_firmware(board, wanted);
    EXPECT_TRUE(firmware.ok()) << firmware.status().text();
    if (!firmware.ok()) return {};
    auto runs = run_samples(board, *firmware, kSamples);
    EXPECT_TRUE(runs.ok()) << runs.status().text();
    return runs.ok() ? std::move(runs).value() : std::vector<SampleRun>();
  }

  // Builds and runs what must fail on the board.
  Status failing_run(const Target& board, const std::string& source) {
    BuildRequest wanted = request(source);
    wanted.count = true;
    const auto firmware = build_firmware(board, wanted);
    EXPECT_TRUE(firmware.ok()) << firmware.status().text();
    return firmware.ok() ? run_samples(board, *firmware, kSamples).status() : Status();
  }

  // Bytes that `objcopy` would put into flash: a second opinion on the footprint.
  std::uintmax_t binary_bytes(const fs::path& elf) {
    const fs::path binary = folder_->path() / "image.bin";
    const auto copied = run_checked({{"arm-none-eabi-objcopy", "-O", "binary", elf.string(), binary.string()}, {}, 60});
    EXPECT_TRUE(copied.ok()) << copied.status().text();
    return fs::file_size(binary);
  }

  std::optional<ScratchFolder> folder_;
};

std::string expected_output(std::string sample) {
  for (std::size_t i = 0; i < sample.size(); ++i) sample[i] = static_cast<char>(sample[i] + static_cast<char>(i));
  return sample;
}

TEST_F(FirmwareTest, RunsWithRightAnswersAndRepeatableCounts) {
  for (const Target& board : boards(true)) {
    SCOPED_TRACE(board.name);
    const auto runs = count(board, tiny_model_source());
    ASSERT_EQ(runs.size(), kSamples.size());
    for (std::size_t i = 0; i < runs.size(); ++i) {
      EXPECT_EQ(runs[i].outputs, expected_output(kSamples[i]));
      EXPECT_EQ(runs[i].instructions, runs[0].instructions);
      EXPECT_GT(runs[i].instructions, 2U * kLoopCount);
      EXPECT_LT(runs[i].instructions, 2U * kLoopCount + 300);
      EXPECT_EQ(runs[i].stack_bytes, runs[0].stack_bytes);
      EXPECT_LE(runs[i].stack_bytes, 128U);
    }
    EXPECT_EQ(count(board, tiny_model_source()).at(0).instructions, runs[0].instructions);
  }
}

TEST_F(FirmwareTest, CountsEveryInstruction) {
  for (const Target& board : boards(true)) {
    SCOPED_TRACE(board.name);
    const auto instructions = [&](int loop_count) {
      return count(board, tiny_model_source(loop_count)).at(1).instructions;
    };
    const std::uint64_t base = instructions(1000);
    EXPECT_EQ(instructions(1001), base + 2);
    EXPECT_EQ(instructions(31000), base + 60000);
  }
}

// The boards' timers of 32 bits wrap after 2.1 or 2.7 * 10^9 instructions.
TEST_F(FirmwareTest, CountsEveryInstructionOfALongRun) {
  constexpr int kMore = 1'400'000'000;  // turns of a loop of two
  for (const Target& board : boards(true)) {
    SCOPED_TRACE(board.name);
    const std::uint64_t base = count(board, tiny_model_source(1000)).at(0).instructions;
    BuildRequest wanted = request(tiny_model_source(1000 + kMore));
    wanted.count = true;
    auto firmware = build_firmware(board, wanted);
    ASSERT_TRUE(firmware.ok()) << firmware.status().text();
    firmware->expected_instructions = 2.0 * kMore;
    const auto runs = run_samples(board, *firmware, std::span(kSamples).first(1));
    ASSERT_TRUE(runs.ok()) << runs.status().text();
    EXPECT_EQ(runs->at(0).instructions, base + 2 * std::uint64_t{kMore});
  }
}

// The emulator's list of executed blocks is a second, independent count.
TEST_F(FirmwareTest, CounterAndBlockTraceAgree) {
  for (const Target& board : boards(true)) {
    if (board.run.trace_arguments.empty()) continue;
    SCOPED_TRACE(board.name);
    BuildRequest wanted = request();
    wanted.count = true;
    const auto firmware = build_firmware(board, wanted);
    ASSERT_TRUE(firmware.ok()) << firmware.status().text();
    const auto runs = run_samples(board, *firmware, kSamples);
    ASSERT_TRUE(runs.ok()) << runs.status().text();
    const auto execution = estimate_execution(board, *firmware, kSamples[0]);
    ASSERT_TRUE(execution.ok()) << execution.status().text();
    // The counter sees the call and the loading of its argument too.
    EXPECT_GE((*runs)[0].instructions, execution->instructions);
    EXPECT_LE((*runs)[0].instructions, execution->instructions + 4);
    EXPECT_GE(execution->cycles, static_cast<std::uint64_t>(kLoopCount));
    EXPECT_LE(execution->cycles, execution->instructions);
  }
}

TEST_F(FirmwareTest, SeesTheStackOfTheModel) {
  for (const Target& board : boards(true)) {
    SCOPED_TRACE(board.name);
    const auto runs =
        count(board, tiny_model_source(1, "volatile int8_t deep[1000]; for (int i = 0; i < 1000; ++i) deep[i] = 1;"));
    EXPECT_GE(runs.at(0).stack_bytes, 1000U);
    EXPECT_LE(runs.at(0).stack_bytes, 1200U);
  }
}

TEST_F(FirmwareTest, TracesEachStep) {
  for (const Target& board : boards(true)) {
    SCOPED_TRACE(board.name);
    BuildRequest wanted = request();
    wanted.steps = true;
    wanted.dumps = {{0, {16, 16}}, {1, {32, 8}}, {1, {40, 8}}};
    const auto firmware = build_firmware(board, wanted);
    ASSERT_TRUE(firmware.ok()) << firmware.status().text();
    const auto traces = trace_samples(board, *firmware, kSamples);
    ASSERT_TRUE(traces.ok()) << traces.status().text();
    ASSERT_EQ(traces->size(), kSamples.size());
    for (std::size_t i = 0; i < traces->size(); ++i) {
      const TracedSample& trace = (*traces)[i];
      const std::string output = expected_output(kSamples[i]);
      EXPECT_EQ(trace.outputs, output);
      EXPECT_THAT(trace.dumps, testing::ElementsAre(kSamples[i], output.substr(0, 8), output.substr(8)));
      ASSERT_EQ(trace.step_instructions.size(), 3U);
      EXPECT_NEAR(static_cast<double>(trace.step_instructions[2]), 2 * kLoopCount + 1, 4);
    }
  }
}

TEST_F(FirmwareTest, LinksWithTheArenaInEveryArenaRegion) {
  for (const Target& board : boards(false)) {
    for (const MemoryRegion& region : board.memory) {
      if (!region.for_arena) continue;
      SCOPED_TRACE(board.name + " " + region.name);
      BuildRequest wanted = request();
      wanted.arena_regions = {region.name};
      const auto firmware = build_firmware(board, wanted);
      ASSERT_TRUE(firmware.ok()) << firmware.status().text();
      const auto image = read_elf(firmware->firmware_elf);
      ASSERT_TRUE(image.ok());
      const ElfSection* const arena = image->find_section(".tmc_arena");
      ASSERT_NE(arena, nullptr);
      EXPECT_GE(arena->address, region.base);
      EXPECT_LE(arena->address + arena->bytes, region.base + region.bytes);
    }
  }
}

TEST_F(FirmwareTest, FootprintsTheImage) {
  for (const Target& board : boards(false)) {
    SCOPED_TRACE(board.name);
    const auto firmware = build_firmware(board, request());
    ASSERT_TRUE(firmware.ok()) << firmware.status().text();
    EXPECT_EQ(firmware->footprint.flash.weights, 16U);
    EXPECT_EQ(firmware->footprint.flash.total(), binary_bytes(firmware->firmware_elf));
    EXPECT_LT(firmware->footprint.flash.code, 2048U);
    EXPECT_EQ(firmware->footprint.ram.arena, 64U);
    EXPECT_FALSE(firmware->count_elf.has_value());
  }
}

TEST_F(FirmwareTest, RefusesAnImageWithAHeap) {
  std::string source = tiny_model_source(1, "*static_cast<volatile char*>(malloc(4)) = 1;");
  source.insert(source.find("extern \"C\" void tiny_run"),
                "static char room[64];\n"
                "extern \"C\" __attribute__((noinline)) void* malloc(unsigned bytes) { return room + bytes % 8; }\n");
  const auto firmware = build_firmware(a_board(), request(source));
  ASSERT_FALSE(firmware.ok());
  EXPECT_EQ(firmware.status().code(), Error::kInternal);
  EXPECT_THAT(firmware.status().message(), HasSubstr("malloc"));
}

TEST_F(FirmwareTest, RefusesGlobalConstructors) {
  const std::string source = tiny_model_source() + "extern int tiny_seed();\nint tiny_global = tiny_seed();\n" +
                             "int tiny_seed() { return *(volatile int*)0x20000000; }\n";
  const auto firmware = build_firmware(a_board(), request(source));
  ASSERT_FALSE(firmware.ok());
  EXPECT_THAT(firmware.status().message(), HasSubstr("global constructors"));
}

TEST_F(FirmwareTest, PassesTheCompilersErrorOn) {
  const auto firmware = build_firmware(a_board(), request(tiny_model_source(1, "nonsense();")));
  ASSERT_FALSE(firmware.ok());
  EXPECT_EQ(firmware.status().code(), Error::kToolFailed);
  EXPECT_THAT(firmware.status().text(), HasSubstr("'nonsense' was not declared"));
  EXPECT_THAT(firmware.status().file(), HasSubstr("model.cpp"));
}

TEST_F(FirmwareTest, SaysThatTheWeightsDoNotFitInFlash) {
  std::string source = tiny_model_source(1, "asm volatile(\"\" :: \"r\"(tiny_large));");
  source.insert(source.find("extern \"C\" void tiny_run"),
                "__attribute__((section(\".rodata.tmc_weights.large\"))) const int8_t tiny_large[5000000] = {1};\n");
  const auto firmware = build_firmware(a_board(), request(source));
  ASSERT_FALSE(firmware.ok());
  EXPECT_EQ(firmware.status().code(), Error::kDoesNotFit);
  EXPECT_THAT(firmware.status().message(), HasSubstr("FLASH"));
}

TEST_F(FirmwareTest, ReportsAStackOverflow) {
  for (const Target& board : boards(true)) {
    SCOPED_TRACE(board.name);
    const Status status = failing_run(
        board, tiny_model_source(1, "volatile int8_t deep[20000]; for (int i = 0; i < 20000; ++i) deep[i] = 1;"));
    EXPECT_EQ(status.code(), Error::kToolFailed);
    EXPECT_THAT(status.message(), testing::AllOf(HasSubstr("exit code 3"), HasSubstr("stack overflow")));
  }
}

TEST_F(FirmwareTest, ReportsAnIllegalInstruction) {
  for (const Target& board : boards(true)) {
    SCOPED_TRACE(board.name);
    EXPECT_THAT(failing_run(board, tiny_model_source(1, "__builtin_trap();")).message(),
                HasSubstr("the core took a fault"));
  }
}

TEST_F(FirmwareTest, EndsARunThatDoesNotFinish) {
  for (Target& board : boards(true)) {
    SCOPED_TRACE(board.name);
    board.run.timeout_s = 2;
    EXPECT_EQ(failing_run(board, tiny_model_source(1, "for (volatile int forever = 1; forever;) {}")).code(),
              Error::kTimeout);
  }
}

TEST_F(FirmwareTest, RefusesWhatCannotBeAsked) {
  BuildRequest wanted = request();
  const auto host = load_target("host");
  ASSERT_TRUE(host.ok());
  EXPECT_EQ(build_firmware(*host, wanted).status().code(), Error::kBadUsage);
  wanted.count = true;
  Target board = a_board();
  board.run.method = RunMethod::kNone;
  EXPECT_EQ(build_firmware(board, wanted).status().code(), Error::kBadUsage);
  wanted.generated = folder_->path() / "nowhere";
  EXPECT_EQ(build_firmware(a_board(), wanted).status().code(), Error::kNotFound);
}

TEST_F(FirmwareTest, RefusesSamplesOfTheWrongSize) {
  const Target board = a_board();
  BuildRequest wanted = request();
  wanted.count = true;
  const auto firmware = build_firmware(board, wanted);
  ASSERT_TRUE(firmware.ok()) << firmware.status().text();
  const std::vector<SampleBytes> samples = {"abcdefghijklmnop", "short"};
  const auto runs = run_samples(board, *firmware, samples);
  ASSERT_FALSE(runs.ok());
  EXPECT_EQ(runs.status().code(), Error::kBadInput);
  EXPECT_THAT(runs.status().message(), HasSubstr("sample 1 has 5 bytes"));
}

}  // namespace
}  // namespace tmc::firmware
