// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// Imports real models, which lie beside the project where they are at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tmc/base/host/files.hpp"
#include "tmc/frontend/tflite/import_tflite.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct Model {
  const char* path;
  size_t nodes;
  int64_t macs;
  Shape input, output;
};

Result<ir::Graph> import(const fs::path& path) {
  TMC_ASSIGN(const std::string file, read_file(path));
  return import_tflite(std::as_bytes(std::span(file)));
}

class SharedTfliteModel : public testing::TestWithParam<Model> {};

TEST_P(SharedTfliteModel, HasTheNodesMacsAndPortsThatItsAuthorsState) {
  const fs::path path = fs::path("../shared/models") / GetParam().path;
  if (!fs::exists(path)) GTEST_SKIP() << "no " << path;
  const Result<ir::Graph> graph = import(path);
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_EQ(ir::verify(*graph).text(), "ok");
  EXPECT_EQ(graph->order().size(), GetParam().nodes);
  int64_t macs = 0;
  for (const ir::NodeId id : graph->order()) macs += graph->macs(id);
  EXPECT_EQ(macs, GetParam().macs);
  ASSERT_EQ(graph->inputs().size(), 1u);
  ASSERT_EQ(graph->outputs().size(), 1u);
  EXPECT_EQ(graph->value(graph->inputs()[0]).type.shape, GetParam().input);
  EXPECT_EQ(graph->value(graph->outputs()[0]).type.shape, GetParam().output);
}

INSTANTIATE_TEST_SUITE_P(
    Shared, SharedTfliteModel,
    testing::Values(Model{"mlperf_tiny/kws_int8.tflite", 13, 2656768, Shape::of(1, 49, 10, 1), Shape::of(1, 12)},
                    Model{"mlperf_tiny/ic_resnet8_int8.tflite", 16, 12501632, Shape::of(1, 32, 32, 3),
                          Shape::of(1, 10)},
                    Model{"mlperf_tiny/vww_int8.tflite", 31, 7489664, Shape::of(1, 96, 96, 3), Shape::of(1, 2)},
                    Model{"mlperf_tiny/ad_int8.tflite", 10, 264192, Shape::of(1, 640), Shape::of(1, 640)},
                    Model{"mlperf_tiny/ic_resnet8_f32.tflite", 16, 12501632, Shape::of(1, 32, 32, 3), Shape::of(1, 10)},
                    Model{"mlperf_tiny/vww_f32.tflite", 31, 7489664, Shape::of(1, 96, 96, 3), Shape::of(1, 2)},
                    Model{"mlperf_tiny/ad_f32.tflite", 10, 264192, Shape::of(1, 640), Shape::of(1, 640)},
                    Model{"vision/person_detect.tflite", 31, 7157888, Shape::of(1, 96, 96, 1), Shape::of(1, 2)},
                    Model{"voice/micro_speech_quantized.tflite", 5, 336000, Shape::of(1, 1960), Shape::of(1, 4)}),
    [](const auto& instance) { return fs::path(instance.param.path).stem().string(); });

}  // namespace
}  // namespace tmc::frontend
