// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// Damaged files: every one is refused or gives a graph that holds together. Means most under the sanitizers.
#include <gtest/gtest.h>

#include <filesystem>

#include "tmc/base/host/files.hpp"
#include "tmc/frontend/common/testing/damaged_model.hpp"
#include "tmc/frontend/onnx/import_onnx.hpp"
#include "tmc/frontend/onnx/testing/op_cases.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend::onnx_format {
namespace {

void survives_mutations(std::span<const std::byte> file) {
  frontend::survives_mutations(file, 32, [](std::span<const std::byte> damaged) { return import_onnx(damaged, {}); });
}

// Every importer, with what is in its files damaged.
TEST(HostileOnnx, EveryOperator) {
  for (const op_cases::Case& one : op_cases::kOpCases) {
    ModelBuilder model(one.opset);
    one.build(model);
    model.output("y");
    for_each_mutation(model.bytes(), 200, [&](std::span<const std::byte> damaged) {
      const Result<ir::Graph> graph = import_onnx(damaged, {});
      if (graph.ok()) {
        EXPECT_EQ(ir::verify(*graph).text(), "ok") << one.importer;
      } else {
        EXPECT_NE(graph.status().code(), Error::kInternal) << one.importer << graph.status().text();
      }
    });
  }
}

// Every importer, with each number of inputs and outputs up to the right ones, and without attributes.
TEST(HostileOnnx, EveryOperatorCutShort) {
  for (const op_cases::Case& one : op_cases::kOpCases) {
    ModelBuilder whole(one.opset);
    one.build(whole);
    whole.output("y");
    const auto survives = [&](const char* what, int node, auto cut) {
      ModelBuilder model = whole;
      cut(model.node(node));
      const Result<ir::Graph> graph = import_onnx(model.bytes(), {});
      if (graph.ok()) {
        EXPECT_EQ(ir::verify(*graph).text(), "ok") << one.importer << ", node " << node << ": " << what;
      } else {
        EXPECT_NE(graph.status().code(), Error::kInternal) << one.importer << graph.status().text();
      }
    };
    for (int node = 0; node < whole.graph().node_size(); ++node) {
      for (int count = 0; count < whole.node(node).input_size(); ++count) {
        survives("inputs", node, [&](auto& at) {
          while (at.input_size() > count) at.mutable_input()->RemoveLast();
        });
        survives("an input", node, [&](auto& at) { at.set_input(count, ""); });
      }
      for (int count = 0; count < whole.node(node).output_size(); ++count) {
        survives("outputs", node, [&](auto& at) {
          while (at.output_size() > count) at.mutable_output()->RemoveLast();
        });
        survives("an output", node, [&](auto& at) { at.set_output(count, ""); });
      }
      survives("attributes", node, [](auto& at) { at.clear_attribute(); });
    }
  }
}

// A file of a few hundred bytes asks for constants of 2^26 elements each, a thousand times over.
TEST(HostileOnnx, ConstantsThatGrowAreRefusedAtOnce) {
  ModelBuilder model(13);
  model.input("x", {1});
  model.constant<float>("c", {1}, {1});
  model.constant<int64_t>("shape", {1}, {1 << 26});
  for (int i = 0; i < 1000; ++i) model.op("Expand", {"c", "shape"}, {"e" + std::to_string(i)});
  model.op("Add", {"x", "e999"}, {"y"});
  model.output("y");
  const Result<ir::Graph> graph = import_onnx(model.bytes(), {});
  ASSERT_EQ(graph.status().code(), Error::kUnsupportedShape);
  EXPECT_NE(graph.status().text().find("store the constant in the file"), std::string::npos) << graph.status().text();
}

// A mean over a padded axis has a number of elements for every place along it.
TEST(HostileOnnx, AMeanAlongABillionPlacesIsRefusedAtOnce) {
  ModelBuilder model(19);
  model.input("x", {1, 1, 8, 8});
  auto& pool = model.op("AveragePool", {"x"}, {"y"});
  for (const char* window : {"kernel_shape", "dilations"}) ModelBuilder::set(pool, window, ModelBuilder::Dims{2, 2});
  ModelBuilder::set(pool, "pads", ModelBuilder::Dims{0, 0, 2'000'000'000, 0});
  model.output("y");
  const Result<ir::Graph> graph = import_onnx(model.bytes(), {});
  ASSERT_EQ(graph.status().code(), Error::kUnsupportedShape);
  EXPECT_NE(graph.status().text().find("it makes a constant of"), std::string::npos) << graph.status().text();
}

TEST(HostileOnnx, SmallNetwork) {
  survives_mutations(small_network().bytes());
}

class HostileSharedOnnx : public testing::TestWithParam<const char*> {};

TEST_P(HostileSharedOnnx, SurvivesMutations) {
  const std::filesystem::path path = GetParam();
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path;
  const Result<std::string> file = read_file(path);
  ASSERT_TRUE(file.ok()) << file.status().text();
  survives_mutations(std::as_bytes(std::span(*file)));
}

INSTANTIATE_TEST_SUITE_P(Shared, HostileSharedOnnx,
                         testing::Values("../shared/models/mlperf_tiny/kws_qdq.onnx",
                                         "../shared/models/mlperf_tiny/ad_qdq.onnx",
                                         "../shared/models/vision/mnist_8/model.onnx", "tests/pytorch/mixed.onnx"),
                         [](const auto& instance) { return std::filesystem::path(instance.param).stem().string(); });

TEST(HostileOnnx, DeepNestingIsRefused) {
  ModelBuilder model = small_network();
  ::onnx::GraphProto* inner = &model.graph();
  for (int depth = 0; depth < 5000; ++depth) {
    auto* attribute = inner->add_node()->add_attribute();
    attribute->set_type(::onnx::AttributeProto::GRAPH);
    inner = attribute->mutable_g();
  }
  EXPECT_EQ(import_onnx(model.bytes(), {}).status().code(), Error::kMalformed);
}

}  // namespace
}  // namespace tmc::frontend::onnx_format
