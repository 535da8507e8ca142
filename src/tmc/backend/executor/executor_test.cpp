// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/backend/executor/executor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/backend/executor/image_model.hpp"
#include "tmc/program/testing/example.hpp"

namespace tmc::backend::executor {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<std::string> kIsas = {"armv7em", "portable"};

std::vector<std::string> labels(const KernelSet& set) {
  std::vector<std::string> labels;
  for (const auto* kernel : set.kernels()) labels.push_back(kernel->label());
  return labels;
}

TEST(KernelSet, HoldsEachKernelOnce) {
  KernelSet set;
  ASSERT_TRUE(set.add_names("portable/softmax_s8\n\n# of a comment\nportable/add_s8  # sums\n", kIsas).ok());
  ASSERT_TRUE(set.add(program::testing::example(true)).ok());
  ASSERT_TRUE(set.add(program::testing::example(true)).ok());
  EXPECT_THAT(labels(set),
              ::testing::ElementsAre("portable/add_s8", "portable/fully_connected_s8", "portable/softmax_s8"));
}

TEST(KernelSet, TakesAllImplementationsOfAKernel) {
  KernelSet set;
  ASSERT_TRUE(set.add_names("add_s8", std::vector<std::string>{"portable"}).ok());
  EXPECT_THAT(labels(set), ::testing::ElementsAre("portable/add_s8"));
  ASSERT_TRUE(set.add_names("add_s8", kIsas).ok());
  EXPECT_THAT(labels(set), ::testing::ElementsAre("armv7em/add_s8", "portable/add_s8"));
}

TEST(KernelSet, RefusesWhatIsNoKernel) {
  const Status status = KernelSet().add_names("portable/add_s8\nportable/add_s9", kIsas);
  EXPECT_EQ(status.code(), Error::kBadUsage);
  EXPECT_THAT(status.text(), HasSubstr("'portable/add_s9'"));
}

TEST(Executor, LinksTheKernelsByTheirNames) {
  KernelSet set;
  ASSERT_TRUE(set.add_names("portable/add_s8 armv7em/conv2d_s8", kIsas).ok());
  const auto files = generate(set, {});
  ASSERT_TRUE(files.ok()) << files.status().text();
  EXPECT_THAT(files->at("kernels.cpp"), AllOf(HasSubstr("::kernels::portable::AddS8>(\"portable/add_s8\", 0x"),
                                              HasSubstr("::kernels::armv7em::Conv2dS8>(\"armv7em/conv2d_s8\", 0x")));
  EXPECT_THAT(files->at("executor.hpp"), HasSubstr("kKernelCount = 2"));
  EXPECT_THAT(files->at("manifest.json"), HasSubstr("armv7em/conv2d_s8"));
  EXPECT_TRUE(files->contains("tmc/runtime/executor.hpp") && files->contains("tmc/image/format.hpp"));
  EXPECT_EQ(*files, *generate(set, {}));
}

TEST(Executor, SharesNoCodeForSpeed) {
  KernelSet set;
  ASSERT_TRUE(set.add_names("portable/add_s8", kIsas).ok());
  EXPECT_THAT(generate(set, {.optimize = Optimize::kSpeed})->at("kernels.cpp"), HasSubstr("AddS8, true>"));
  EXPECT_THAT(generate(set, {.optimize = Optimize::kSize})->at("kernels.cpp"), HasSubstr("AddS8>"));
}

TEST(Executor, NeedsKernels) {
  EXPECT_EQ(generate(KernelSet(), {}).status().code(), Error::kBadUsage);
}

TEST(ImageModel, HasTheFunctionsOfAGeneratedFolder) {
  program::Program program = program::testing::example(true);
  const std::byte image[] = {std::byte{7}, std::byte{255}};
  const cpp::Files files = image_model(program, image);
  EXPECT_THAT(files.at("model.h"), AllOf(HasSubstr("void example_run(void* arena);"),
                                         HasSubstr("const char* example_load(const char** subject);")));
  EXPECT_THAT(files.at("model.cpp"), AllOf(HasSubstr("void example_run(void* arena) {"), Not(HasSubstr("_reset"))));
  EXPECT_THAT(files.at("image.cpp"), HasSubstr("7, 255};"));
  program.state_buffer = 0;
  EXPECT_THAT(image_model(program, image).at("model.cpp"), HasSubstr("void example_reset(void* arena) {"));
}

}  // namespace
}  // namespace tmc::backend::executor
