// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/pin.hpp"

#include <gtest/gtest.h>

#include "tmc/storage/testing/program_builder.hpp"

namespace tmc::storage {
namespace {

// Three steps that read constants of 100, 40 and 40 bytes with 10, 40 and 1 MACs a byte.
program::Program program_under_test() {
  testing::ProgramBuilder builder;
  testing::Place at = builder.input(16);
  for (int i = 0; i < 3; ++i) at = builder.step({{at, kernels::kNoOverlap}}, 16);
  builder.output(at);
  program::Program program = builder.take();
  const int64_t bytes[] = {100, 40, 40};
  const int64_t macs[] = {1000, 1600, 40};
  for (int32_t i = 0; i < 3; ++i) {
    const auto size = static_cast<size_t>(bytes[i]);
    program.constants.push_back({"c", {DType::kI8, std::vector<std::byte>(size), false}, false});
    program.steps[static_cast<size_t>(i)].macs = macs[i];
    program.steps[static_cast<size_t>(i)].operands.push_back({program::Operand::Kind::kConstant, i, 0, 0});
  }
  return program;
}

std::vector<bool> pinned(const program::Program& program) {
  std::vector<bool> flags;
  for (const program::Constant& constant : program.constants) flags.push_back(constant.pinned);
  return flags;
}

TEST(PinWeights, TakesWhatIsReadMostFirst) {
  program::Program program = program_under_test();
  EXPECT_EQ(pin_weights(program, {"DTCM", 112 + 48}), 112 + 48);
  EXPECT_EQ(pinned(program), std::vector<bool>({true, true, false}));
  EXPECT_EQ(program.pin_region, "DTCM");
}

TEST(PinWeights, SkipsWhatDoesNotFit) {
  program::Program program = program_under_test();
  EXPECT_EQ(pin_weights(program, {"DTCM", 100}), 96);
  EXPECT_EQ(pinned(program), std::vector<bool>({false, true, true}));
}

TEST(PinWeights, LeavesAllInFlashWhereNothingFits) {
  program::Program program = program_under_test();
  EXPECT_EQ(pin_weights(program, {"DTCM", 47}), 0);
  EXPECT_EQ(program.pin_region, "");
}

}  // namespace
}  // namespace tmc::storage
