// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// Damaged files: every one is refused or gives a graph that holds together. Means most under the sanitizers.
#include <gtest/gtest.h>

#include <filesystem>

#include "tmc/base/host/files.hpp"
#include "tmc/frontend/common/testing/damaged_model.hpp"
#include "tmc/frontend/tflite/import_tflite.hpp"
#include "tmc/frontend/tflite/testing/op_cases.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend::tflite {
namespace {

void survives_mutations(std::span<const std::byte> file) {
  frontend::survives_mutations(file, 64, [](std::span<const std::byte> damaged) { return import_tflite(damaged); });
}

// Every importer, with what is in its files damaged.
TEST(HostileTflite, EveryOperator) {
  for (const op_cases::Case& one : op_cases::kOpCases) {
    ModelBuilder model;
    one.build(model);
    for_each_mutation(model.bytes(), 200, [&](std::span<const std::byte> damaged) {
      const Result<ir::Graph> graph = import_tflite(damaged);
      if (graph.ok()) {
        EXPECT_EQ(ir::verify(*graph).text(), "ok") << one.importer;
      } else {
        EXPECT_NE(graph.status().code(), Error::kInternal) << one.importer << graph.status().text();
      }
    });
  }
}

TEST(HostileTflite, SmallNetwork) {
  survives_mutations(small_network().bytes());
}

class HostileSharedTflite : public testing::TestWithParam<const char*> {};

TEST_P(HostileSharedTflite, SurvivesMutations) {
  const std::filesystem::path path = std::filesystem::path("../shared/models") / GetParam();
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path;
  const Result<std::string> file = read_file(path);
  ASSERT_TRUE(file.ok()) << file.status().text();
  survives_mutations(std::as_bytes(std::span(*file)));
}

INSTANTIATE_TEST_SUITE_P(Shared, HostileSharedTflite,
                         testing::Values("mlperf_tiny/kws_int8.tflite", "mlperf_tiny/ic_resnet8_int8.tflite",
                                         "mlperf_tiny/kws_f32.tflite", "mlperf_tiny/ad_f32.tflite",
                                         "voice/micro_speech_quantized.tflite", "voice/audio_preprocessor_int8.tflite"),
                         [](const auto& instance) { return std::filesystem::path(instance.param).stem().string(); });

}  // namespace
}  // namespace tmc::frontend::tflite
