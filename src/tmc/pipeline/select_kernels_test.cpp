// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/select_kernels.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tmc/ir/text.hpp"
#include "tmc/pipeline/predict.hpp"
#include "tmc/select/select.hpp"

namespace tmc::pipeline {
namespace {

class SelectKernels : public ::testing::Test {
 protected:
  // A pointwise layer of few weights and many pixels.
  void SetUp() override {
    compilation_.target = load_target("mps2-an500").value();
    std::string weights;
    for (int i = 0; i < 32; ++i) weights += fmt::format("{}{}", i == 0 ? "" : ",", 5 * i - 70);
    auto graph = ir::from_text(fmt::format(R"(graph "layer" {{
  input x: i8[1,24,24,4] scale=0.05
  const w: i8[8,1,1,4] scale=0.01 = [{}]
  const b: i32[8] scale=0.0005 = [1,2,3,4,5,6,7,8]
  y: i8[1,24,24,8] scale=0.1 = conv2d(x, w, b)
  output y
}}
)",
                                           weights));
    ASSERT_TRUE(graph.ok()) << graph.status().text();
    compilation_.graph = std::move(*graph);
  }

  program::Program selected(Optimize optimize) {
    compilation_.options.optimize = optimize;
    return select_kernels(compilation_.graph, compilation_).value();
  }
  static bool spends_flash(const program::Program& program) {
    return std::ranges::any_of(program.steps, [](const auto& step) { return step.implementation->spends_flash(); });
  }

  Compilation compilation_;
};

TEST_F(SelectKernels, ForSizeNoImplementationSpendsFlash) {
  EXPECT_FALSE(spends_flash(selected(Optimize::kSize)));
}

TEST_F(SelectKernels, ForSpeedTheFewestInstructionsDecide) {
  const program::Program fast = selected(Optimize::kSpeed);
  EXPECT_TRUE(spends_flash(fast));
  const program::Program small = selected(Optimize::kSize);
  ASSERT_EQ(fast.steps.size(), small.steps.size());
  for (size_t i = 0; i < fast.steps.size(); ++i) {
    EXPECT_LE(fast.steps[i].implementation->instructions(fast.steps[i].params),
              small.steps[i].implementation->instructions(small.steps[i].params));
  }
}

TEST_F(SelectKernels, BalancedTakesWhatSavesMoreThanItTakes) {
  const program::Program balanced = selected(Optimize::kBalanced);
  const auto amounts_of = [&](bool spend_flash) {
    const auto program = select::select(compilation_.graph, compilation_.target, {.spend_flash = spend_flash});
    return predict_amounts(*program, compilation_).value();
  };
  const Amounts with = amounts_of(true);
  const Amounts without = amounts_of(false);
  EXPECT_EQ(spends_flash(balanced),
            1 - with.instructions / without.instructions > with.flash_bytes / without.flash_bytes - 1);
}

}  // namespace
}  // namespace tmc::pipeline
