// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include "tmc/frontend/common/testing/node_lines.hpp"
#include "tmc/frontend/tflite/import_function.hpp"
#include "tmc/frontend/tflite/import_tflite.hpp"
#include "tmc/frontend/tflite/importers.hpp"
#include "tmc/frontend/tflite/testing/op_cases.hpp"
#include "tmc/function/functions.gen.hpp"

namespace tmc::frontend::tflite {
namespace {

using op_cases::Case;
using op_cases::kOpCases;

class TfliteOperator : public testing::TestWithParam<Case> {};

TEST_P(TfliteOperator, BecomesOurs) {
  ModelBuilder model;
  GetParam().build(model);
  EXPECT_EQ(node_lines(import_tflite(model.bytes())), GetParam().nodes);
}

INSTANTIATE_TEST_SUITE_P(TfliteImporters, TfliteOperator, testing::ValuesIn(kOpCases), [](const auto& instance) {
  std::string name = instance.param.importer;
  std::ranges::replace(name, '.', '_');
  return name;
});

TEST(TfliteImporters, EveryImporterHasACase) {
  std::set<std::string> tested;
  for (const Case& one : kOpCases)
    tested.insert(std::string(one.importer).substr(0, std::string(one.importer).find('.')));
  // Those of functions are one piece of code (import_function.hpp), which has cases with tanh and sqrt.
  const auto insert = [&]<typename Function>(Function) { tested.insert(std::string(function_name<Function>())); };
  function::Unary::for_each(insert);
  function::Binary::for_each(insert);
  function::Reduction::for_each(insert);
  for (const Importer& importer : importers())
    EXPECT_TRUE(tested.contains(std::string(importer.name))) << importer.name;
  for (const ops::OpInfo* info : ops::all_ops()) {
    if (info->index_map == nullptr || info->index_map->tflite == nullptr) continue;
    EXPECT_TRUE(tested.contains(info->index_map->tflite)) << info->name;
  }
}

}  // namespace
}  // namespace tmc::frontend::tflite
