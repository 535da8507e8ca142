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
  std::ranges::replace(name, '/', '_');
  return name;
});

template <typename Visit>
void for_each_function(Visit visit) {
  const auto visit_named = [&]<typename Function>(Function function) {
    if constexpr (Function::kOnnx != nullptr) visit(function);
  };
  function::Unary::for_each(visit_named);
  function::Binary::for_each(visit_named);
}

template <typename Function>
bool is_of_reals() {
  return std::is_same_v<typename Function::Types::First, float>;
}

TEST(OnnxImporters, FunctionsHaveOperatorsOfTheirOwn) {
  for_each_function([]<typename Function>(Function) {
    const bool is_pair = Function::kOperands == 2;
    const bool is_truth = std::is_same_v<typename Function::Types::First, bool>;
    const int type = is_of_reals<Function>() ? ::onnx::TensorProto::FLOAT
                     : is_truth              ? ::onnx::TensorProto::BOOL
                                             : ::onnx::TensorProto::INT32;
    ModelBuilder model(20);
    model.input("x", {3}, type);
    if (is_pair) model.input("z", {3}, type);
    model.op(Function::kOnnx, is_pair ? ModelBuilder::Names{"x", "z"} : ModelBuilder::Names{"x"}, {"y"})
        .set_name("node");
    model.output("y");
    const bool tests = std::is_same_v<function::Result<Function, typename Function::Types::First>, bool>;
    EXPECT_EQ(node_lines(import_onnx(model.bytes(), {})), fmt::format("y: {}[3] = {}({}) @node\n",
                                                                      tests                     ? "bool"
                                                                      : is_of_reals<Function>() ? "f32"
                                                                                                : "i32",
                                                                      Function::kName, is_pair ? "x, z" : "x"));
  });
}

TEST(OnnxImporters, FunctionsOfConstantsAreComputed) {
  for_each_function([]<typename Function>(Function) {
    if (!is_of_reals<Function>()) return;
    ModelBuilder model(20);
    model.input("x", {1});
    model.constant<float>("c", {1}, {0.75F});
    model.op(Function::kOnnx, Function::kOperands == 2 ? ModelBuilder::Names{"c", "c"} : ModelBuilder::Names{"c"},
             {"folded"});
    ModelBuilder::set(model.op("Cast", {"folded"}, {"real"}), "to", int64_t{::onnx::TensorProto::FLOAT});
    model.op("Add", {"x", "real"}, {"y"});
    model.output("y");
    const auto graph = import_onnx(model.bytes(), {});
    ASSERT_TRUE(graph.ok()) << Function::kName << ": " << graph.status().text();
    EXPECT_EQ(graph->order().size(), 1) << Function::kName;
  });
}

TEST(OnnxImporters, ReductionsHaveOperatorsOfTheirOwn) {
  function::Reduction::for_each([]<typename Function>(Function) {
    if constexpr (Function::kOnnx != nullptr) {
      ModelBuilder model(18);
      model.input("x", {3, 2});
      ModelBuilder::set(model.op(Function::kOnnx, {"x"}, {"y"}), "keepdims", int64_t{0});
      model.output("y");
      const std::string operands = Function::kHasOneAxis ? "i64[2] = {}(x) axes=[0]" : "f32[] = {}(x) axes=[0,1]";
      EXPECT_EQ(node_lines(import_onnx(model.bytes(), {})),
                fmt::format(fmt::runtime("y: " + operands + " @\"{}:y\"\n"), Function::kName, Function::kOnnx));
    }
  });
}

TEST(OnnxImporters, EveryImporterHasACase) {
  std::set<std::string> tested;
  for (const Case& one : kOpCases)
    tested.insert(std::string(one.importer).substr(0, std::string(one.importer).find('.')));
  const auto insert = [&]<typename Function>(Function) {
    if constexpr (Function::kOnnx != nullptr) tested.insert(Function::kOnnx);
  };
  for_each_function(insert);
  function::Reduction::for_each(insert);
  tested.insert("");  // of functions that the format does not have
  for (const Importer& importer : importers())
    EXPECT_TRUE(tested.contains(std::string(importer.name))) << importer.name;
  for (const Importer& importer : ml_importers()) {
    EXPECT_TRUE(tested.contains("ml/" + std::string(importer.name))) << importer.name;
  }
  for (const Importer& importer : microsoft_importers()) {
    EXPECT_TRUE(tested.contains("microsoft/" + std::string(importer.name))) << importer.name;
  }
  for (const ops::OpInfo* info : ops::all_ops()) {
    if (info->index_map == nullptr || info->index_map->onnx == nullptr) continue;
    EXPECT_TRUE(tested.contains(info->index_map->onnx)) << info->name;
  }
}

}  // namespace
}  // namespace tmc::frontend::onnx_format
