// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tmc/frontend/common/testing/node_lines.hpp"
#include "tmc/frontend/onnx/import_onnx.hpp"
#include "tmc/frontend/onnx/importers.hpp"
#include "tmc/frontend/onnx/testing/op_cases.hpp"

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

TEST(OnnxImporters, EveryImporterHasACase) {
  std::set<std::string> tested;
  for (const Case& one : kOpCases)
    tested.insert(std::string(one.importer).substr(0, std::string(one.importer).find('.')));
  for (const Importer& importer : importers())
    EXPECT_TRUE(tested.contains(std::string(importer.name))) << importer.name;
}

}  // namespace
}  // namespace tmc::frontend::onnx_format
