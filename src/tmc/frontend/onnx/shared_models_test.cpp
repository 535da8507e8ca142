// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// Imports real models: the example's, and those that lie beside the project where they are at all.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "tmc/base/host/files.hpp"
#include "tmc/frontend/onnx/import_onnx.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend {
namespace {

namespace fs = std::filesystem;

struct Model {
  const char* path;
  int64_t macs;
  Shape input, output;
  std::map<std::string, int> nodes;  // by operator
};

class SharedOnnxModel : public testing::TestWithParam<Model> {};

TEST_P(SharedOnnxModel, HasTheNodesMacsAndPortsThatItsFileStates) {
  const fs::path path = GetParam().path;
  if (!fs::exists(path)) GTEST_SKIP() << "no " << path;
  const Result<std::string> file = read_file(path);
  ASSERT_TRUE(file.ok()) << file.status().text();
  const Result<ir::Graph> graph = import_onnx(std::as_bytes(std::span(*file)), path.parent_path());
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_EQ(ir::verify(*graph).text(), "ok");
  int64_t macs = 0;
  std::map<std::string, int> nodes;
  for (const ir::NodeId id : graph->order()) {
    macs += graph->macs(id);
    ++nodes[std::string(graph->node(id).op.name())];
  }
  EXPECT_EQ(macs, GetParam().macs);
  EXPECT_EQ(nodes, GetParam().nodes);
  ASSERT_EQ(graph->inputs().size(), 1u);
  ASSERT_EQ(graph->outputs().size(), 1u);
  EXPECT_EQ(graph->value(graph->inputs()[0]).type.shape, GetParam().input);
  EXPECT_EQ(graph->value(graph->outputs()[0]).type.shape, GetParam().output);
}

INSTANTIATE_TEST_SUITE_P(
    Shared, SharedOnnxModel,
    testing::Values(
        Model{"../shared/models/mlperf_tiny/kws_qdq.onnx",
              2656768,
              Shape::of(1, 490),
              Shape::of(1, 12),
              {{"dequantize", 32},
               {"quantize", 12},
               {"conv2d", 9},
               {"reshape", 2},
               {"average_pool2d", 1},
               {"fully_connected", 1},
               {"softmax", 1}}},
        Model{"../shared/models/mlperf_tiny/ad_qdq.onnx",
              264192,
              Shape::of(1, 640),
              Shape::of(1, 640),
              {{"dequantize", 31}, {"quantize", 11}, {"fully_connected", 10}}},
        Model{"../shared/models/vision/mnist_8/model.onnx",
              8 * 28 * 28 * 25 + 16 * 14 * 14 * 25 * 8 + 2560,
              Shape::of(1, 1, 28, 28),
              Shape::of(1, 10),
              {{"conv2d", 2}, {"add", 3}, {"relu", 2}, {"max_pool2d", 2}, {"reshape", 1}, {"fully_connected", 1}}}),
    [](const auto& instance) {
      const fs::path path = instance.param.path;
      return path.stem() == "model" ? path.parent_path().filename().string() : path.stem().string();
    });

}  // namespace
}  // namespace tmc::frontend
