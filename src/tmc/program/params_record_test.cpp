// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/params_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tmc::program {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// An instance of one kernel whose steps have these words, and zeros behind them.
struct Steps {
  Program program;
  Instance instance;

  Steps(const char* kernel, const std::vector<std::vector<int32_t>>& words) {
    instance.implementation = kernels::find_implementation("portable", kernel);
    for (const std::vector<int32_t>& of_step : words) {
      instance.steps.push_back(static_cast<int32_t>(program.steps.size()));
      Step& step = program.steps.emplace_back();
      step.implementation = instance.implementation;
      step.params = of_step;
      step.params.resize(instance.implementation->kernel->param_words);
    }
  }
  std::vector<RecordField> record() const { return params_record(program, instance); }
};

TEST(ParamsRecord, HoldsWhatDiffersInAsFewBytesAsHoldIt) {
  const Steps steps("conv2d_s8", {{1, -128, 7, -129, 128}, {1, 127, 7, 0, 32767}, {1, 0, 7, 1, 0}});
  EXPECT_THAT(steps.record(), ElementsAre(RecordField{3, 2}, RecordField{4, 2}, RecordField{1, 1}));
  EXPECT_EQ(record_bytes(steps.record()), 6) << "the least multiple of two that holds five";
}

TEST(ParamsRecord, KeepsWordsThatNeedAllTheirBytes) {
  const Steps steps("conv2d_s8", {{0, INT32_MIN, 32767}, {0, INT32_MAX, 32768}});
  EXPECT_THAT(steps.record(), ElementsAre(RecordField{1, 4}, RecordField{2, 4}));
  EXPECT_EQ(record_bytes(steps.record()), 8);
}

TEST(ParamsRecord, KeepsFloatsWhole) {
  const kernels::KernelInfo& kernel = *kernels::find_implementation("portable", "quantize_f32")->kernel;
  std::size_t first_float = 0;
  for (const kernels::ParamInfo& param : kernel.params) {
    if (param.is_float) break;
    first_float += static_cast<std::size_t>(param.count);
  }
  ASSERT_LT(first_float, kernel.param_words);
  std::vector<int32_t> words(kernel.param_words);
  const std::vector<int32_t> zero = words;
  words[first_float] = 1;
  EXPECT_THAT(Steps("quantize_f32", {zero, words}).record(), ElementsAre(RecordField{first_float, 4}));
}

TEST(ParamsRecord, OfASpecialisedInstanceIsEmpty) {
  Steps steps("conv2d_s8", {{1}, {2}});
  steps.instance.params = std::vector<int32_t>{1};
  EXPECT_THAT(steps.record(), IsEmpty());
  EXPECT_EQ(record_bytes(steps.record()), 0);
}

}  // namespace
}  // namespace tmc::program
