// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/import_keras.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tmc/frontend/keras/testing/keras_files.hpp"
#include "tmc/ir/text.hpp"

namespace tmc::frontend::keras {
namespace {

using testing::HasSubstr;

Result<ir::Graph> import_text(const std::string& file) {
  Refusals refusals;
  auto graph = import_keras(std::as_bytes(std::span(file)), {}, refusals);
  if (graph.ok()) TMC_TRY(refusals.status());
  return graph;
}

class KerasFiles : public testing::Test {
 protected:
  void SetUp() override {
    if (small_hdf5(kSmallConfig).empty()) GTEST_SKIP() << "this program was built without libhdf5";
  }
};

TEST_F(KerasFiles, OfBothFormsAreOneGraph) {
  const auto whole = import_text(small_hdf5(kSmallConfig));
  ASSERT_TRUE(whole.ok()) << whole.status().text();
  const auto archive = import_text(small_archive(kSmallConfig));
  ASSERT_TRUE(archive.ok()) << archive.status().text();
  EXPECT_EQ(ir::to_text(*whole), ir::to_text(*archive));
  EXPECT_THAT(ir::to_text(*whole), HasSubstr("fully_connected(x, dense_kernel, dense_bias)"));
  EXPECT_THAT(ir::to_text(*whole), HasSubstr("dense_kernel: f32[2,3] = [1,3,5,2,4,6]"));
}

TEST_F(KerasFiles, CutOffAnywhereAreRefused) {
  for (const std::string& file : {small_hdf5(kSmallConfig), small_archive(kSmallConfig)}) {
    for (size_t bytes = 0; bytes < file.size(); bytes += 97) {
      const auto graph = import_text(file.substr(0, bytes));
      EXPECT_TRUE(graph.ok() || graph.status().code() != Error::kInternal) << bytes;
    }
  }
}

TEST_F(KerasFiles, WithAnotherConfigurationAreRefusedOrRead) {
  const std::string config = kSmallConfig;
  std::mt19937 rng(1);
  for (int round = 0; round < 400; ++round) {
    std::string changed = config;
    for (int i = 0; i < 3; ++i) changed[rng() % changed.size()] = "0123456789[]{}\",:nul-ex"[rng() % 23];
    const auto graph = import_text(small_archive(changed));
    EXPECT_TRUE(graph.ok() || graph.status().code() != Error::kInternal) << changed;
  }
}

TEST_F(KerasFiles, AskForNoMoreThanTheirWeights) {
  std::string config = kSmallConfig;
  config.replace(config.find("\"units\": 2"), 10, "\"units\": 16000000");
  EXPECT_THAT(import_text(small_archive(config)).status().text(), HasSubstr("is [3, 2], not [3, 16000000]"));
}

}  // namespace
}  // namespace tmc::frontend::keras
