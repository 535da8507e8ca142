// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tmc/frontend/common/testing/node_lines.hpp"
#include "tmc/frontend/onnx/import_onnx.hpp"
#include "tmc/frontend/onnx/importers.hpp"
#include "tmc/frontend/onnx/testing/op_cases.hpp"
#include "tmc/function/functions.gen.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using op_cases::Case;
using op_cases::kOpCases;

class OnnxOperator : public testing::TestWithParam<Case> {};

TEST_P(OnnxOperator, BecomesOurs) {
  ModelBuilder model(GetParam().opset);
  GetParam().build(model);
  model.output("y");
  EXPECT_EQ(node_lines(import_onnx(model.bytes(), {})), GetParam().nodes);
}

INSTANTIATE_TEST_SUITE_P(OnnxImporters, OnnxOperator, testing::ValuesIn(kOpCases), [](const auto& instance) {
  std::string name = instance.param.importer;
  std::ranges::replace(name, '.', '_');
  return name;
});

TEST(OnnxImporters, FunctionsHaveOperatorsOfTheirOwn) {
  function::Unary::for_each([]<typename Function>(Function) {
    ModelBuilder model(20);
    model.input("x", {3});
    model.op(Function::kOnnx, {"x"}, {"y"}).set_name("node");
    model.output("y");
    EXPECT_EQ(node_lines(import_onnx(model.bytes(), {})), fmt::format("y: f32[3] = {}(x) @node\n", Function::kName));
  });
}

TEST(OnnxImporters, FunctionsOfConstantsAreComputed) {
  function::Unary::for_each([]<typename Function>(Function) {
    ModelBuilder model(20);
    model.input("x", {1});
    model.constant<float>("c", {1}, {0.75F});
    model.op(Function::kOnnx, {"c"}, {"folded"});
    model.op("Add", {"x", "folded"}, {"y"});
    model.output("y");
    const auto graph = import_onnx(model.bytes(), {});
    ASSERT_TRUE(graph.ok()) << Function::kName << ": " << graph.status().text();
    EXPECT_EQ(graph->order().size(), 1) << Function::kName;
  });
}

TEST(OnnxImporters, EveryImporterHasACase) {
  std::set<std::string> tested;
  for (const Case& one : kOpCases)
    tested.insert(std::string(one.importer).substr(0, std::string(one.importer).find('.')));
  function::Unary::for_each([&]<typename Function>(Function) { tested.insert(Function::kOnnx); });
  for (const Importer& importer : importers())
    EXPECT_TRUE(tested.contains(std::string(importer.name))) << importer.name;
}

}  // namespace
}  // namespace tmc::frontend::onnx_format
