// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/budget.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/storage/storage.hpp"
#include "tmc/storage/testing/program_builder.hpp"

namespace tmc::storage {
namespace {

using kernels::kInPlace;
using kernels::kNoOverlap;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Place;
using testing::ProgramBuilder;

// 160 -> 320 -> 320 in place -> 32; the second step holds the peak.
program::Program program_under_test() {
  ProgramBuilder builder;
  const Place a = builder.input(160);
  const Place b = builder.step({{a, kNoOverlap}}, 320);
  const Place c = builder.step({{b, kInPlace}}, 320, 200);
  builder.output(builder.step({{c, kNoOverlap}}, 32));
  program::Program program = builder.take();
  for (const size_t bytes : {size_t{500}, size_t{2000}}) {
    program.constants.push_back({fmt::format("c{}", bytes), {DType::kI8, std::vector<std::byte>(bytes), bytes == 500}});
  }
  auto placed = place(std::move(program));
  EXPECT_TRUE(placed.ok());
  return std::move(placed).value();
}

TEST(Budget, CountsWhatSharesBytesOnce) {
  const program::Program program = program_under_test();
  const std::vector<StepMemory> steps = live_memory(program);
  ASSERT_EQ(steps.size(), 3);
  EXPECT_EQ(steps[0].step, 1);
  EXPECT_EQ(steps[0].live_bytes, 320 + 200);
  EXPECT_THAT(steps[0].buffers, ElementsAre(1, 2, 3));
  EXPECT_EQ(steps[1].live_bytes, 160 + 320);
  EXPECT_EQ(steps[2].live_bytes, 320 + 32);
  EXPECT_EQ(memory_of(program).ram_bytes, 320 + 208);
  EXPECT_EQ(memory_of(program).flash_bytes, 2500);
}

TEST(Budget, HoldsWhereEverythingFits) {
  const program::Program program = program_under_test();
  const MemoryUse used = memory_of(program);
  EXPECT_TRUE(check_budget(program, used, {}).ok());
  EXPECT_TRUE(check_budget(program, used, {.flash_bytes = 2500, .ram_bytes = 528}).ok());
}

TEST(Budget, NamesTheLargestContributors) {
  const program::Program program = program_under_test();
  Status status = check_budget(program, {.flash_bytes = 10'000, .ram_bytes = 528}, {.flash_bytes = 8'000});
  EXPECT_EQ(status.code(), Error::kBudgetExceeded);
  EXPECT_THAT(status.text(), HasSubstr("flash takes 10000 bytes, 2000 more than the budget of 8000"));
  EXPECT_THAT(status.text(), HasSubstr("2000  weights 'c2000'"));
  EXPECT_THAT(status.text(), HasSubstr("500  table 'c500'"));
  EXPECT_THAT(status.text(), HasSubstr("7500  code"));
  EXPECT_THAT(status.text(), Not(HasSubstr("RAM")));

  status = check_budget(program, {.ram_bytes = 1528}, {.flash_bytes = 8'000, .ram_bytes = 1'500});
  EXPECT_THAT(status.text(), HasSubstr("RAM takes 1528 bytes, 28 more than the budget of 1500"));
  EXPECT_THAT(status.text(), HasSubstr("520  step 1 's1' (fake)"));
  EXPECT_THAT(status.text(), HasSubstr("320  'b2' at "));
  EXPECT_THAT(status.text(), HasSubstr("1000  outside the model's memory"));
  EXPECT_THAT(status.hint(), HasSubstr("larger budget"));
}

TEST(Budget, OfTheHardwareCannotBeRaised) {
  const program::Program program = program_under_test();
  const Status status = check_budget(program, {.flash_bytes = 3000, .ram_bytes = 528},
                                     {.flash_bytes = 2048, .ram_bytes = 512, .is_hardware = true});
  EXPECT_EQ(status.code(), Error::kDoesNotFit);
  EXPECT_THAT(status.text(), HasSubstr("flash takes 3000 bytes, 952 more than the target's 2048; "
                                       "RAM takes 528 bytes, 16 more than the target's 512"));
  EXPECT_THAT(status.hint(), HasSubstr("a target with more memory"));
}

}  // namespace
}  // namespace tmc::storage
